package glimpse.bench.peer;

import static org.assertj.core.api.Assertions.assertThat;

import glimpse.bench.DeitSize;
import glimpse.engine.VisionTransformer;
import glimpse.engine.Workers;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerModelsTest {
    @TempDir
    private Path folder;

    @Test
    void theWrittenModelLoadsAndTheWrittenImageIsTheInput() throws IOException {
        PeerModels models = new PeerModels(folder);

        models.write(DeitSize.TINY);

        try (Workers workers = Workers.of(1)) {
            assertThat(VisionTransformer.load(models.model(DeitSize.TINY), workers)
                            .config())
                    .isEqualTo(DeitSize.TINY.config());
        }
        float[] values = new float[196 * 768];
        ByteBuffer.wrap(Files.readAllBytes(folder.resolve("tiny.f32")))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        assertThat(values).isEqualTo(PeerModels.input(DeitSize.TINY).values());
    }

    @Test
    void patchesAreReorderedToAnImage() {
        float[] patches = new float[196 * 768];
        int secondPatchGreenThirdRowFifthColumn = 768 + 256 + 2 * 16 + 4;
        patches[secondPatchGreenThirdRowFifthColumn] = 1f;

        float[] pixels = OnnxRuntimeModel.pixels(DeitSize.TINY.config(), patches);

        assertThat(pixels[(224 + 2) * 224 + 16 + 4]).isEqualTo(1f);
    }
}
