package glimpse.evaluation.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import glimpse.evaluation.plan.OperatingPoint;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
    @Test
    void fieldsAreReadByTheirTypes() {
        JsonObject object = object("{\"text\": \"a\", \"number\": 0.5, \"count\": 3, \"nothing\": null}");
        assertThat(object.text("text")).isEqualTo("a");
        assertThat(object.number("number")).isEqualTo(0.5);
        assertThat(object.count("count")).isEqualTo(3);
        assertThat(object.numberOrNaN("nothing")).isNaN();
        assertThat(object.numberOrNaN("absent")).isNaN();
    }

    @Test
    void aMissingFieldIsNamedWithItsPlace() {
        assertRefused("{}", object -> object.text("a"), "a is missing, expected a text");
        assertRefused("{}", object -> object.number("a"), "a is missing, expected a number");
        assertRefused("{}", object -> object.count("a"), "a is missing, expected a whole number");
    }

    @Test
    void aFieldOfAnotherTypeIsShown() {
        assertRefused("{\"a\": 5}", object -> object.text("a"), "a is 5, expected a text");
        assertRefused("{\"a\": \"x\"}", object -> object.number("a"), "a is \"x\", expected a number");
        assertRefused("{\"a\": 2.0}", object -> object.count("a"), "a is 2.0, expected a whole number");
        assertRefused("{\"a\": 3000000000}", object -> object.count("a"), "a is 3000000000, expected a whole number");
    }

    @Test
    void fourFieldsAreAnOperatingPoint() {
        String json = "{\"score\": \"mean\", \"selection\": \"all\", \"codec\": \"raw\", \"gate\": \"%s\"}";
        assertThat(object(json.formatted("never")).point()).isEqualTo(OperatingPoint.parse("mean/all/raw/never"));
        assertRefused(
                json.formatted("min-entropy:1,2"),
                JsonObject::point,
                "'min-entropy:1,2' is invalid, expected a single gate");
    }

    private static void assertRefused(String json, Consumer<JsonObject> read, String message) {
        JsonObject object = object(json);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> read.accept(object))
                .withMessage("a.json: " + message);
    }

    private static JsonObject object(String json) {
        try {
            return new JsonObject(Json.mapper().readTree(json), "a.json");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
