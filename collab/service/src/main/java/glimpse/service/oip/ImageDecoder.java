package glimpse.service.oip;

import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;

/** Decodes image files of some formats. Called by several threads at once. */
public interface ImageDecoder {
    /** JPEG and PNG, within the default limits. */
    ImageDecoder ENGINE = RgbImage::decode;

    /**
     * Decodes a file.
     *
     * @param file its content
     * @throws ImageFormatException saying why it can't be decoded
     */
    RgbImage decode(byte[] file) throws ImageFormatException;
}
