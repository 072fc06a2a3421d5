package glimpse.engine.image.jpeg;

import glimpse.engine.image.ImageFormatException;

/** Decodes an image's samples, an MCU row at a time. */
sealed interface JpegRows permits JpegOneScan, JpegScans {
    /** Decodes the samples of an MCU row, which must be the one after the last that was decoded. */
    void decode(int unitRow);

    /**
     * Checks what follows the last row.
     *
     * @throws ImageFormatException if a scan's data contain a reserved marker
     */
    void finish() throws ImageFormatException;
}
