package glimpse.engine;

import glimpse.engine.weights.DType;
import glimpse.engine.weights.TensorNames;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A converted model with random weights in memory: stored in some type, or as the floats that these stand for. */
final class StoredModel {
    private final DType type;
    private final boolean widened;
    private final StringBuilder header = new StringBuilder();
    private final ByteBuffer data = ByteBuffer.allocate(1 << 23).order(ByteOrder.LITTLE_ENDIAN);

    private StoredModel(DType type, boolean widened) {
        this.type = type;
        this.widened = widened;
    }

    /**
     * Loads such a model.
     *
     * @param type of the matrices: F32, F16, BF16 or I8
     * @param widened whether they are stored as floats of the same values
     */
    static VisionTransformer load(VitConfig config, DType type, boolean widened, Workers workers) throws Exception {
        StoredModel model = new StoredModel(type, widened);
        Map<String, String> metadata = new LinkedHashMap<>();
        config.writeTo(metadata);
        metadata.forEach((key, value) ->
                model.header.append(model.header.isEmpty() ? "" : ",").append("\"" + key + "\":\"" + value + "\""));
        model.header.insert(0, "{\"__metadata__\":{").append("}");
        ModelTensors.shapes(config).forEach(model::add);
        byte[] text = model.header.append("}").toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(Long.BYTES + text.length + model.data.position())
                .order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text).put(model.data.flip());
        return VisionTransformer.load("stored", MemorySegment.ofArray(file.array()), workers);
    }

    private void add(String name, List<Long> shape) {
        int size = Math.toIntExact(shape.stream().reduce(1L, (a, b) -> a * b));
        Random random = new Random(name.hashCode());
        boolean matrix = shape.size() == 2;
        boolean integers = type == DType.I8 && matrix;
        DType stored = integers || (type != DType.I8 && matrix) ? type : DType.F32;
        int columns = Math.toIntExact(shape.getLast());
        float[] scales = new float[size / columns];
        int begin = data.position();
        for (int i = 0; i < size; i++) {
            if (i % columns == 0 && matrix) {
                scales[i / columns] = 0.001f + random.nextFloat() / 1000;
            }
            put(stored, (float) random.nextGaussian() * 0.1f, scales[i / columns]);
        }
        entry(name, widened ? DType.F32 : stored, shape, begin);
        if (integers && !widened) {
            int scalesBegin = data.position();
            for (float scale : scales) {
                data.putFloat(scale);
            }
            entry(TensorNames.scale(name), DType.F32, shape.subList(0, 1), scalesBegin);
        }
    }

    private void put(DType stored, float value, float scale) {
        switch (stored) {
            case F16 -> {
                short half = Float.floatToFloat16(value);
                if (widened) {
                    data.putFloat(Float.float16ToFloat(half));
                } else {
                    data.putShort(half);
                }
            }
            case BF16 -> {
                short half = (short) (Float.floatToRawIntBits(value) >>> Short.SIZE);
                if (widened) {
                    data.putFloat(Float.intBitsToFloat(half << Short.SIZE));
                } else {
                    data.putShort(half);
                }
            }
            case I8 -> {
                byte integer = (byte) Math.clamp(Math.round(value / scale), -127, 127);
                if (widened) {
                    data.putFloat(integer * scale);
                } else {
                    data.put(integer);
                }
            }
            default -> data.putFloat(value);
        }
    }

    private void entry(String name, DType stored, List<Long> shape, int begin) {
        header.append(",\"" + name + "\":{\"dtype\":\"" + stored + "\",\"shape\":" + shape + ",\"data_offsets\":["
                + begin + "," + data.position() + "]}");
    }
}
