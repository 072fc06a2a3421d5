package glimpse.evaluation.data;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.fuzz.Corpus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DecodeSoakTest {
    private static final Path CORPUS = Path.of("src", "test", "corpus", "webp");
    private static final Path ENGINE_CORPUS = Path.of("..", "..", "engine", "src", "test", "corpus");
    private static final int COUNT = 2_000;

    @Test
    void corporaAndTheirMutationsAreDecodedOrRefused() throws InterruptedException {
        List<byte[]> files = new ArrayList<>(Corpus.contents(CORPUS));
        files.addAll(Corpus.contents(ENGINE_CORPUS.resolve("jpeg")));
        files.addAll(Corpus.contents(ENGINE_CORPUS.resolve("png")));
        DecodeSoak soak = new DecodeSoak(files, 1, ImageFileReader::decode);
        assertThat(soak.run(COUNT, 2)).isEmpty();
        assertThat(soak.decodes()).isEqualTo(COUNT);
        assertThat(soak.images()).isBetween(COUNT / 10L, COUNT - 1L);
    }

    @Test
    void anExceptionThatIsntDocumentedIsAFinding() throws InterruptedException {
        DecodeSoak soak = new DecodeSoak(List.of(new byte[1]), 1, file -> {
            throw new IllegalStateException("unexpected");
        });
        Optional<String> finding = soak.run(COUNT, 1);
        assertThat(finding)
                .hasValueSatisfying(text ->
                        assertThat(text).startsWith("decode 0: undocumented").contains("unexpected"));
    }
}
