package glimpse.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.convert.error.ConvertException;
import glimpse.engine.ClassLabels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of class labels, told apart by their content. */
class LabelsFileTest {
    @TempDir
    private Path folder;

    private ClassLabels read(String content, int classes) throws IOException {
        return LabelsFile.read(Files.writeString(folder.resolve("labels"), content), classes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tench\ngreat shark, white shark\n",
                "\uFEFFtench\r\ngreat shark, white shark\r\n",
                "\uFEFFindex\twnid\tname\n0\ttench\n1\tgreat shark, white shark\n",
                "\uFEFF{\"1\": \"great shark, white shark\", \"0\": \"tench\"}",
                "index\twnid\tname\n0\ttench\n1\tgreat shark, white shark\n",
                "{\"1\": \"great shark, white shark\", \"0\": \"tench\"}",
                " {\"model_type\": \"vit\", \"id2label\": {\"0\": \"tench\", \"1\": \"great shark, white shark\"}}",
                "{\"label_names\": [\"tench\", \"great shark, white shark\"], \"num_classes\": 2}",
                "{\"pretrained_cfg\": {\"label_names\": [\"tench\", \"great shark, white shark\"]}}",
                "\n[\"tench\", \" great shark, white shark\"]\n"
            })
    void nameTheClassesInEachForm(String content) throws IOException {
        assertThat(read(content, 2).names()).containsExactly("tench", "great shark, white shark");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "n01440764 tench\nn01443537 goldfish, Carassius auratus\n",
                "0\tn01440764\ttench\n1\tn01443537\tgoldfish, Carassius auratus\n",
                "{\"0\": [\"n01440764\", \"tench\"], \"1\": [\"n01443537\", \"goldfish, Carassius auratus\"]}",
                "[[\"n01440764\", \"tench\"], [\"n01443537\", \"goldfish, Carassius auratus\"]]"
            })
    void giveWordNetIdsInEachFormThatHasThem(String content) throws IOException {
        ClassLabels labels = read(content, 2);

        assertThat(labels.names()).containsExactly("tench", "goldfish, Carassius auratus");
        assertThat(List.of(labels.wordNetId(0).orElse(""), labels.wordNetId(1).orElse("")))
                .containsExactly("n01440764", "n01443537");
    }

    @Test
    void areSortedByNumberNotByText() throws IOException {
        StringBuilder object = new StringBuilder("{\"11\": \"c11\"");
        for (int i = 10; i >= 0; i--) {
            object.append(", \"").append(i).append("\": \"c").append(i).append('"');
        }

        assertThat(read(object + "}", 12).names()).startsWith("c0", "c1", "c2").endsWith("c9", "c10", "c11");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"0\": \"a\", \"2\": \"b\"}|has 2 names but none of class 1, expected the numbers 0 to 1",
                "{\"1\": \"a\", \"2\": \"b\"}|has 2 names but none of class 0, expected the numbers 0 to 1; they seem to be"
                        + " counted from 1",
                "{\"id2label\": {\"0\": \"a\", \"2\": \"b\"}}|id2label has 2 names but none of class 1, expected the"
                        + " numbers 0 to 1",
                "{\"0\": \"a\", \"0\": \"b\"}|not valid JSON: Duplicate field '0'",
                "{\"0\": \"a\", \"00\": \"b\"}|'00' is no class's number, expected id2label, ",
                "{\"0\": \"a\", \"1\": 7}|'1' is 7, expected a name, or a WordNet id (n and 8 digits) and a name",
                "{\"0\": [\"tench\", \"n01440764\"], \"1\": \"b\"}|'0' is [\"tench\",\"n01440764\"], expected a name, or",
                "{\"id2label\": [\"a\", \"b\"]}|id2label is [\"a\",\"b\"], expected id2label, {\"0\": \"NAME\", ...}",
                "{\"id2label\": {\"0\": null, \"1\": \"b\"}}|id2label.'0' is null, expected a name",
                "{\"tench\": 0, \"b\": 1}|'tench' is no class's number, expected id2label, ",
                "[\"a\", 1]|[1] is 1, expected a name",
                "[[0, 7], []]|[0] is [0,7], expected a name",
                "[\"a\", \"b\\nc\"]|[1] is \"b\\nc\", expected a name of one line",
                "[\"a\", \" \"]|[1] is \" \", expected a name of one line",
                "[\"a\", \"b\", \"c\"]|3 labels, expected 2, one per class",
                "[\"a\", \"b\"] x|not valid JSON: ",
                "{|not valid JSON: "
            })
    void areRefusedWithTheKeyAndWhatWasExpected(String content, String message) {
        assertThatThrownBy(() -> read(content, 2))
                .isInstanceOf(ConvertException.class)
                .hasMessageStartingWith(folder.resolve("labels") + ": " + message)
                .extracting(Throwable::getMessage)
                .asString()
                .hasLineCount(1);
    }

    @Test
    void areNotTheLabelsOfImages() {
        String expected = "; labels of images go with the images, to evaluate or sweep: --images PATH --labels FILE";
        assertThatThrownBy(() -> read("ImageId,PredictionString\nILSVRC2012_val_00000001,n01751748 1 2 3 4\n", 2))
                .hasMessage(folder.resolve("labels") + ": line 2 is the label of an image,"
                        + " 'ILSVRC2012_val_00000001,n01751748 1 2 3 4', expected the name of a class" + expected);
        assertThatThrownBy(() -> read("\"a,b.jpg\",3\n\"c.PNG\",4\n", 2))
                .hasMessageContaining("line 2 is the label of an image");
        assertThatThrownBy(() -> read("490\n361\n171\n", 2))
                .hasMessage(folder.resolve("labels") + ": 3 labels, expected 2, one per class" + expected);
    }

    @Test
    void mayBeNumbers() throws IOException {
        assertThat(read("0\n1\n2\n", 3).names()).containsExactly("0", "1", "2");
    }
}
