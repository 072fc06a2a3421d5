package glimpse.service.oip.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import glimpse.service.oip.OipException;
import glimpse.service.oip.TensorData;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InferRequestReaderTest {
    private static float[] read(List<String> numbers) throws OipException {
        String body = "{\"inputs\": [{\"name\": \"pixels\", \"datatype\": \"FP32\", \"shape\": [" + numbers.size()
                + "], \"data\": [" + String.join(", ", numbers) + "]}]}";
        TensorData data = InferRequestReader.read(
                        new ByteArrayInputStream(body.getBytes(UTF_8)), ByteBuffer.allocate(0))
                .inputs()
                .getFirst()
                .data();
        FloatBuffer values = ((TensorData.Floats) data).values();
        float[] floats = new float[values.remaining()];
        values.get(floats);
        return floats;
    }

    /** Numbers at and beside the middle of two floats, where a second rounding shows, and the ends of the range. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "16777217.0",
                "16777217.00000000000000000000001",
                "16777216.99999999999999999999999",
                "1.00000017881393432617187499",
                "1.000000178813934326171875",
                "1.00000017881393432617187501",
                "7.0064923216240853e-46",
                "7.0064923216240854e-46",
                "1.1754943508222875e-38",
                "3.4028235677973366e38",
                "3.4028235677973365e38",
                "1e400",
                "-1e-400",
                "-0.0",
                "0",
                "123456789",
                "1E+2"
            })
    void aNumberIsRoundedToTheNearestFloat(String number) throws OipException {
        assertThat(Float.floatToRawIntBits(read(List.of(number))[0]))
                .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(number)));
    }

    @Test
    void randomNumbersAreTheFloatsThatTheirTextsAre() throws OipException {
        Random random = new Random(5);
        List<String> texts = new ArrayList<>();
        while (texts.size() < 20_000) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
                texts.add(random.nextBoolean() ? Float.toString(value) : Double.toString(value));
            }
        }
        float[] read = read(texts);
        for (int i = 0; i < read.length; i++) {
            assertThat(Float.floatToRawIntBits(read[i]))
                    .as(texts.get(i))
                    .isEqualTo(Float.floatToRawIntBits(Float.parseFloat(texts.get(i))));
        }
    }
}
