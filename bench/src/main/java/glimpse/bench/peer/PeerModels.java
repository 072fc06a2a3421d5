package glimpse.bench.peer;

import glimpse.bench.DeitSize;
import glimpse.bench.RandomModel;
import glimpse.engine.PatchSequence;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The folder of files that all engines of a comparison read. For each size: {@code tiny.safetensors}, the converted
 * model; {@code tiny.f32}, the patches of one image as {@code [196][768]} little-endian floats; and {@code tiny.onnx},
 * which {@code scripts/bench-peers/export_onnx.py} makes.
 *
 * @param folder the folder
 */
public record PeerModels(Path folder) {
    private static final long INPUT_SEED = 11;

    /** Writes the image, and the model unless it exists. */
    public void write(DeitSize size) throws IOException {
        Files.createDirectories(folder);
        if (!Files.exists(model(size))) {
            Path partial = folder.resolve(name(size) + ".partial");
            RandomModel.write(size.config(), partial);
            Files.move(partial, model(size));
        }
        float[] values = input(size).values();
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        Files.write(folder.resolve(name(size) + ".f32"), bytes.array());
    }

    /** Returns the file of the converted model. */
    public Path model(DeitSize size) {
        return folder.resolve(name(size) + ".safetensors");
    }

    /** Returns the file of the same weights as an ONNX graph. */
    public Path onnx(DeitSize size) {
        return folder.resolve(name(size) + ".onnx");
    }

    /** Returns the patches of the image. */
    public static PatchSequence input(DeitSize size) {
        return RandomModel.sequence(size.config(), size.config().patches(), INPUT_SEED);
    }

    private static String name(DeitSize size) {
        return size.name().toLowerCase(Locale.ROOT);
    }
}
