package glimpse.engine.image.jpeg;

/**
 * Where EXIF data lies in a file.
 *
 * @param start index of its TIFF header
 * @param end index after it
 */
public record ExifRange(int start, int end) {}
