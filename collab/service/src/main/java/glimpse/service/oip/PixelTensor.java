package glimpse.service.oip;

import glimpse.collab.node.ModelInput;
import glimpse.engine.VitConfig;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;

/** Cuts normalised pixels into patches. Immutable. */
final class PixelTensor {
    private final VitConfig config;

    PixelTensor(VitConfig config) {
        this.config = config;
    }

    /**
     * Returns the images of a tensor {@code [images][channels][imageSize][imageSize]}; the caller releases them.
     *
     * @throws OipException if there is another number of elements, or one isn't finite
     */
    List<ModelInput> images(InputTensor input, int images) throws OipException {
        int perImage = config.patches() * config.patchLength();
        FloatBuffer values = floats(input, (long) images * perImage);
        List<ModelInput> inputs = new ArrayList<>();
        try {
            for (int image = 0; image < images; image++) {
                inputs.add(cut(values.slice(image * perImage, perImage), input.name(), image * (long) perImage));
            }
        } catch (OipException | RuntimeException | OutOfMemoryError e) {
            inputs.forEach(ModelInput::release);
            throw e;
        }
        return inputs;
    }

    private static FloatBuffer floats(InputTensor input, long expected) throws OipException {
        FloatBuffer values = switch (input.data()) {
            case TensorData.Floats floats -> floats.values().slice();
            case TensorData.Raw raw -> {
                if (raw.bytes().remaining() != expected * Float.BYTES) {
                    throw OipException.invalid("input '" + input.name() + "' has "
                            + raw.bytes().remaining() + " bytes, expected " + expected * Float.BYTES + " for shape "
                            + input.shape());
                }
                yield raw.bytes().slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
            }
            case TensorData.Strings strings -> throw noNumbers(input);
            case TensorData.Base64 texts -> throw noNumbers(input);
        };
        if (values.remaining() != expected) {
            throw OipException.invalid("input '" + input.name() + "' has " + values.remaining() + " elements, expected "
                    + expected + " for shape " + input.shape());
        }
        return values;
    }

    private static OipException noNumbers(InputTensor input) {
        return OipException.invalid("input '" + input.name() + "' has strings, expected numbers");
    }

    private ModelInput cut(FloatBuffer image, String name, long firstElement) throws OipException {
        int size = config.imageSize();
        int side = config.patchSize();
        int grid = config.grid();
        float[] patches = new float[image.remaining()]; // [patches][channels][side][side]
        for (int channel = 0; channel < config.channels(); channel++) {
            for (int y = 0; y < size; y++) {
                int row = (channel * size + y) * size;
                for (int column = 0; column < grid; column++) {
                    int patch = y / side * grid + column;
                    int to = ((patch * config.channels() + channel) * side + y % side) * side;
                    image.get(row + column * side, patches, to, side);
                }
            }
        }
        for (float value : patches) {
            if (!Float.isFinite(value)) {
                throw notFinite(image, name, firstElement);
            }
        }
        return new OffHeapPatches(config, patches);
    }

    private static OipException notFinite(FloatBuffer image, String name, long firstElement) {
        int at = 0;
        while (Float.isFinite(image.get(at))) {
            at++;
        }
        return OipException.invalid("element " + (firstElement + at) + " of input '" + name + "' is " + image.get(at)
                + ", expected finite numbers");
    }
}
