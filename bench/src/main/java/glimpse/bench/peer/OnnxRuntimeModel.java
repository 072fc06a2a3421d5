package glimpse.bench.peer;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import glimpse.engine.PatchSequence;
import glimpse.engine.VitConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;

/** ONNX Runtime with a model exported by {@code scripts/bench-peers/export_onnx.py} and one image as its input. */
public final class OnnxRuntimeModel implements AutoCloseable {
    private final OrtSession session;
    private final Map<String, OnnxTensor> inputs;

    /**
     * Loads the model.
     *
     * @param image all patches of one image, in order of position
     */
    public OnnxRuntimeModel(Path file, int threads, VitConfig config, PatchSequence image) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            options.setInterOpNumThreads(1);
            options.setOptimizationLevel(OrtSession.SessionOptions.OptLevel.ALL_OPT);
            session = environment.createSession(file.toString(), options);
        }
        int side = config.imageSize();
        float[] pixels = pixels(config, image.values());
        FloatBuffer direct = ByteBuffer.allocateDirect(pixels.length * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        direct.put(pixels).rewind();
        long[] shape = {1, config.channels(), side, side};
        String name = session.getInputNames().iterator().next();
        inputs = Collections.singletonMap(name, OnnxTensor.createTensor(environment, direct, shape));
    }

    /** Runs one forward pass and returns the logits. */
    public float[] forward() throws OrtException {
        try (OrtSession.Result result = session.run(inputs)) {
            FloatBuffer logits = ((OnnxTensor) result.get(0)).getFloatBuffer();
            float[] copy = new float[logits.remaining()];
            logits.get(copy);
            return copy;
        }
    }

    @Override
    public void close() throws OrtException {
        inputs.values().forEach(OnnxTensor::close);
        session.close();
    }

    /** Reorders {@code [patch][channel][row][column]} to {@code [channel][height][width]}. */
    static float[] pixels(VitConfig config, float[] patches) {
        int side = config.imageSize();
        int patch = config.patchSize();
        float[] pixels = new float[patches.length];
        int from = 0;
        for (int position = 0; position < config.patches(); position++) {
            int top = position / config.grid() * patch;
            int left = position % config.grid() * patch;
            for (int channel = 0; channel < config.channels(); channel++) {
                for (int row = 0; row < patch; row++) {
                    System.arraycopy(patches, from, pixels, (channel * side + top + row) * side + left, patch);
                    from += patch;
                }
            }
        }
        return pixels;
    }
}
