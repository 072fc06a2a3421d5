package glimpse.service.oip;

import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.ModelInput;
import glimpse.engine.Workers;
import glimpse.engine.image.DecodeOptions;
import glimpse.engine.image.RgbImage;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import glimpse.service.oip.json.IndexRequestReader;
import glimpse.service.oip.json.InferRequestReader;
import glimpse.service.oip.json.InferResponseWriter;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/** The readers of the Open Inference Protocol's requests and of their tensors. */
public final class InferenceFuzzTargets implements FuzzTargets {
    private static final int MAX_PIXELS = 1 << 16; // the decoders have targets of their own

    /** A model of 16 x 16 RGB pixels. */
    private static final class Model {
        static final Classifier CLASSIFIER = TinyModel.load(TinyModel.RGB, 1, Workers.of(1));
        static final InputReader READER = new InputReader(
                CLASSIFIER,
                new ImageFiles(
                        file -> RgbImage.decode(file, DecodeOptions.defaults().withMaxPixels(MAX_PIXELS))));
    }

    /** Makes the list; called by the service loader. */
    public InferenceFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("infer-request", InferenceFuzzTargets::request, OipException.class),
                FuzzTarget.of("binary-pixels", InferenceFuzzTargets::pixels, OipException.class),
                FuzzTarget.of("binary-strings", InferenceFuzzTargets::strings, OipException.class),
                FuzzTarget.of("index-request", IndexRequestReader::readyAlone, OipException.class));
    }

    /** The body of a request whose JSON document ends at the last line break, which binary data follows. */
    private static void request(byte[] input) throws OipException {
        int end = input.length;
        while (end > 0 && input[end - 1] != '\n') {
            end--;
        }
        int documentBytes = end == 0 ? input.length : end;
        InferRequest request = InferRequestReader.read(
                new ByteArrayInputStream(input, 0, documentBytes),
                ByteBuffer.wrap(input, documentBytes, input.length - documentBytes));
        List<float[]> images = values(request.inputs());
        InputTensor tensor = request.inputs().getFirst();
        Texts.requireEqual(tensor.shape().getFirst(), (long) images.size());
        if (tensor.data() instanceof TensorData.Floats floats) { // the same numbers as binary data are the same pixels
            TensorData.Raw raw = new TensorData.Raw(InferResponseWriter.raw(floats));
            requireSame(
                    images, values(List.of(new InputTensor(tensor.name(), tensor.datatype(), tensor.shape(), raw))));
        }
    }

    /** The number of images, then their pixels. */
    private static void pixels(byte[] input) throws OipException {
        if (input.length == 0) {
            return;
        }
        List<Long> shape = List.of((long) input[0], 3L, 16L, 16L);
        TensorData.Raw raw = new TensorData.Raw(ByteBuffer.wrap(input, 1, input.length - 1));
        List<float[]> images = values(List.of(new InputTensor("pixels", "FP32", shape, raw)));
        Texts.requireEqual((int) input[0], images.size());
        for (float[] image : images) {
            for (float value : image) {
                if (!Float.isFinite(value)) {
                    throw new AssertionError("a pixel is " + value);
                }
            }
        }
    }

    /** The number of strings, then each after its length. */
    private static void strings(byte[] input) throws OipException {
        if (input.length == 0) {
            return;
        }
        ByteBuffer tensor = ByteBuffer.wrap(input, 1, input.length - 1);
        List<Long> shape = List.of((long) input[0]);
        List<byte[]> strings = ByteStrings.read(
                new InputTensor("image", "BYTES", shape, new TensorData.Raw(tensor.duplicate())), input[0]);
        Texts.requireEqual((int) input[0], strings.size());
        Texts.requireEqual(tensor, ByteStrings.join(strings));
    }

    /** Returns the normalised pixels of each image. */
    private static List<float[]> values(List<InputTensor> inputs) throws OipException {
        List<ModelInput> images = Model.READER.read(inputs);
        try {
            return images.stream().map(image -> image.sequence().values()).toList();
        } finally {
            images.forEach(ModelInput::release);
        }
    }

    private static void requireSame(List<float[]> expected, List<float[]> actual) {
        Texts.requireEqual(expected.size(), actual.size());
        for (int i = 0; i < expected.size(); i++) {
            if (!Arrays.equals(expected.get(i), actual.get(i))) {
                throw new AssertionError("image " + i + " has other pixels as binary data");
            }
        }
    }
}
