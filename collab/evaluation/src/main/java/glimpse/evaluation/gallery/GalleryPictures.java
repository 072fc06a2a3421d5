package glimpse.evaluation.gallery;

import glimpse.collab.node.Classifier;
import glimpse.collab.select.SelectedPatches;
import glimpse.engine.image.Interpolation;
import glimpse.engine.image.Resampler;
import glimpse.engine.image.RgbImage;
import glimpse.evaluation.overlay.Overlay;
import glimpse.evaluation.overlay.PatchMap;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Base64;
import javax.imageio.ImageIO;

/**
 * An image, the edge's attention and the selected patches as data URIs: small images enlarged, as PNG; large ones
 * reduced, as JPEG.
 *
 * @param whole the image
 * @param attention the scores over the image
 * @param kept the selected patches, the others darkened
 */
record GalleryPictures(String whole, String attention, String kept) {
    /** Approximate length of a picture's shorter side, in pixels. */
    private static final int SIDE = 140;

    private static final int LEAST_PHOTO_SIDE = 96;

    static GalleryPictures of(Classifier edge, RgbImage image, float[] scores, SelectedPatches kept)
            throws IOException {
        int side = Math.min(image.width(), image.height());
        RgbImage picture = side <= 2 * SIDE ? image : reduced(image, 2.0 * SIDE / side);
        int factor = Math.max(1, SIDE / Math.min(picture.width(), picture.height()));
        PatchMap map = PatchMap.of(
                picture,
                edge.preprocessing().framing(),
                edge.transformer().config().grid());
        Overlay overlay = new Overlay(picture, map, factor);
        String format = side < LEAST_PHOTO_SIDE ? "png" : "jpeg";
        return new GalleryPictures(
                uri(overlay, overlay.plain(), format),
                uri(overlay, overlay.heat(scores), format),
                uri(overlay, overlay.kept(kept.positions()), format));
    }

    private static RgbImage reduced(RgbImage image, double share) {
        return Resampler.resize(
                image,
                (int) Math.round(image.width() * share),
                (int) Math.round(image.height() * share),
                Interpolation.BICUBIC);
    }

    private static String uri(Overlay overlay, int[] pixels, String format) throws IOException {
        BufferedImage picture = new BufferedImage(overlay.width(), overlay.height(), BufferedImage.TYPE_INT_RGB);
        picture.setRGB(0, 0, overlay.width(), overlay.height(), pixels, 0, overlay.width());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        if (!ImageIO.write(picture, format, file)) {
            throw new IOException("this Java runtime can't write " + format);
        }
        return "data:image/" + format + ";base64," + Base64.getEncoder().encodeToString(file.toByteArray());
    }
}
