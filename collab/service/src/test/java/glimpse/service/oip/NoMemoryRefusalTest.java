package glimpse.service.oip;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import glimpse.collab.fixture.TinyModel;
import glimpse.collab.node.Classifier;
import glimpse.collab.node.ServerResult;
import glimpse.engine.Workers;
import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Running out of memory is refused alike wherever it happens, and never called the client's fault. */
class NoMemoryRefusalTest {
    private static final RgbImage IMAGE = RgbImage.of(16, 16, new byte[16 * 16 * 3]);

    private static void assertRefused(ThrowingCallable call) {
        assertThatExceptionOfType(OipException.class)
                .isThrownBy(call)
                .withMessage("element 1 of input 'image': there isn't enough memory for it")
                .extracting(OipException::code)
                .isEqualTo(OipException.Code.FAILED);
    }

    /** Reads two image files, of which the second is decoded thus. */
    private static void read(ImageDecoder second) throws OipException {
        try (Workers workers = Workers.of(1)) {
            Classifier classifier = TinyModel.load(TinyModel.RGB, 1, workers);
            ImageFiles files = new ImageFiles(file -> file.length == 0 ? IMAGE : second.decode(file));
            files.images(List.of(new byte[0], new byte[1]), classifier);
        }
    }

    @Test
    void whileAFileIsDecoded() {
        assertRefused(() -> read(file -> {
            throw new OutOfMemoryError("full");
        }));
    }

    @Test
    void whileAFileIsDecodedByADecoderThatSaysSoInItsOwnWay() {
        assertRefused(() -> read(file -> {
            throw new ImageFormatException("not enough memory", new OutOfMemoryError("full"));
        }));
    }

    @Test
    void whenTheModelTakesTheImage() {
        ServerResult failed = new ServerResult.Failed(new OutOfMemoryError("full"));
        assertRefused(() -> InferenceStarter.logits(failed, "image", 1));
    }
}
