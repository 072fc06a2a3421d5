package glimpse.service.oip;

import glimpse.collab.node.Classifier;
import glimpse.collab.node.ModelInput;
import glimpse.engine.VitConfig;
import java.util.List;

/** Turns a request's input into images for the model. Immutable, safe for use by several threads. */
final class InputReader {
    private final Classifier classifier;
    private final ImageFiles files;

    InputReader(Classifier classifier, ImageFiles files) {
        this.classifier = classifier;
        this.files = files;
    }

    /**
     * Reads the one input of a request; the caller releases the images.
     *
     * @return at least one image
     */
    List<ModelInput> read(List<InputTensor> inputs) throws OipException {
        if (inputs.size() != 1) {
            throw OipException.invalid("the request has " + inputs.size() + " inputs, expected one: '"
                    + ModelInterface.PIXELS + "' or '" + ModelInterface.IMAGE + "'");
        }
        InputTensor input = inputs.getFirst();
        return switch (input.name()) {
            case ModelInterface.PIXELS -> pixels(input);
            case ModelInterface.IMAGE -> files(input);
            default ->
                throw OipException.invalid("the model has no input '" + input.name() + "', expected '"
                        + ModelInterface.PIXELS + "' or '" + ModelInterface.IMAGE + "'");
        };
    }

    private List<ModelInput> pixels(InputTensor input) throws OipException {
        VitConfig config = classifier.transformer().config();
        requireType(input, DataType.FP32);
        List<Long> image = List.of((long) config.channels(), (long) config.imageSize(), (long) config.imageSize());
        List<Long> shape = input.shape();
        if (shape.size() != 4 || !shape.subList(1, 4).equals(image)) {
            throw shape(
                    input,
                    "[images, " + config.channels() + ", " + config.imageSize() + ", " + config.imageSize() + "]");
        }
        return new PixelTensor(config).images(input, images(input));
    }

    private List<ModelInput> files(InputTensor input) throws OipException {
        requireType(input, DataType.BYTES);
        List<Long> shape = input.shape();
        if (shape.size() != 1 && !(shape.size() == 2 && shape.get(1) == 1)) {
            throw shape(input, "[images]");
        }
        List<byte[]> contents = ByteStrings.read(input, images(input));
        return files.images(contents, classifier);
    }

    private static void requireType(InputTensor input, DataType expected) throws OipException {
        if (!input.datatype().equals(expected.name())) {
            throw OipException.invalid(
                    "input '" + input.name() + "' has datatype " + input.datatype() + ", expected " + expected);
        }
    }

    private static int images(InputTensor input) throws OipException {
        long images = input.shape().getFirst();
        if (images < 1 || images > ModelInterface.MAX_IMAGES) {
            throw OipException.invalid("input '" + input.name() + "' has " + images + " images, expected 1 to "
                    + ModelInterface.MAX_IMAGES);
        }
        return (int) images;
    }

    private static OipException shape(InputTensor input, String expected) {
        return OipException.invalid(
                "input '" + input.name() + "' has shape " + input.shape() + ", expected " + expected);
    }
}
