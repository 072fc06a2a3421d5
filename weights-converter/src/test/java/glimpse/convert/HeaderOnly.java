package glimpse.convert;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Safetensors files of F16 zeros with any names and shapes; a shape too large for a test loses its dimensions. */
final class HeaderOnly {
    private static final long MOST_ELEMENTS = 1 << 14;

    private HeaderOnly() {}

    static Path write(Path path, List<String> names, UnaryOperator<String> renaming, Map<String, List<Long>> shapes)
            throws IOException {
        ObjectNode header = new ObjectMapper().createObjectNode();
        long offset = 0;
        for (String name : names) {
            String newName = renaming.apply(name);
            if (header.has(newName)) {
                continue;
            }
            List<Long> shape = shapes.getOrDefault(name, List.of());
            double elements = shape.stream().mapToDouble(Long::doubleValue).reduce(1, (a, b) -> a * b);
            List<Long> kept = elements <= MOST_ELEMENTS ? shape : List.of();
            long end = offset + 2 * (kept.isEmpty() ? 1 : (long) elements);
            ObjectNode entry = header.putObject(newName).put("dtype", "F16");
            ArrayNode dimensions = entry.putArray("shape");
            kept.forEach(dimensions::add);
            entry.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        byte[] json = new ObjectMapper().writeValueAsBytes(header);
        ByteBuffer file = ByteBuffer.allocate(8 + json.length + (int) offset).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(json.length).put(json);
        return Files.write(path, file.array());
    }
}
