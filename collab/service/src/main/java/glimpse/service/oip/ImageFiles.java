package glimpse.service.oip;

import glimpse.collab.node.Classifier;
import glimpse.collab.node.ModelInput;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;
import java.util.ArrayList;
import java.util.List;

/** Decodes image files and turns them into a model's input. Immutable, safe for use by several threads. */
final class ImageFiles {
    private final ImageDecoder decoder;

    ImageFiles(ImageDecoder decoder) {
        this.decoder = decoder;
    }

    List<ModelInput> images(List<byte[]> files, Classifier classifier) throws OipException {
        List<ModelInput> images = new ArrayList<>();
        for (byte[] file : files) {
            try {
                RgbImage image = decoder.decode(file);
                images.add(ModelInput.of(classifier.preprocessing().pixelPatches(image), classifier.preprocessing()));
            } catch (ImageFormatException | IllegalArgumentException e) {
                if (e.getCause() instanceof OutOfMemoryError) { // the server's fault, not the file's
                    throw OipException.noMemory(ModelInterface.IMAGE, images.size());
                }
                throw OipException.invalid(
                        "element " + images.size() + " of input '" + ModelInterface.IMAGE + "': " + e.getMessage());
            } catch (OutOfMemoryError e) {
                throw OipException.noMemory(ModelInterface.IMAGE, images.size());
            }
        }
        return images;
    }
}
