package glimpse.evaluation.webp;

import glimpse.engine.image.ImageFormatException;
import glimpse.engine.image.RgbImage;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Scratch;
import glimpse.fuzz.Texts;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;

/** The reader of WebP files. */
public final class WebPFuzzTargets implements FuzzTargets {
    private static final long MAX_PIXELS = 1 << 20;

    /** Makes the list; called by the service loader. */
    public WebPFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("webp", WebPFuzzTargets::webp, ImageFormatException.class),
                FuzzTarget.of("webp-chunks", WebPFuzzTargets::chunks, ImageFormatException.class),
                FuzzTarget.of("webp-beginning", WebPFuzzTargets::beginning, ImageFormatException.class));
    }

    private static void webp(byte[] input) throws IOException {
        if (WebP.matches(input) && isSmall(input)) {
            RgbImage image = WebP.read(Scratch.write("input.webp", input));
            Texts.requireEqual(image.width() * image.height() * 3, image.samples().length);
        }
    }

    private static void beginning(byte[] input) throws ImageFormatException {
        if (WebP.matches(input) && isSmall(input)) {
            for (int part = 0; part <= 4; part++) {
                WebPBeginning.decode(input, input.length * part / 4)
                        .ifPresent(image ->
                                Texts.requireEqual(image.width() * image.height() * 3, image.samples().length));
            }
        }
    }

    /** Images of a permitted size may take more memory and time than a fuzzer has. */
    private static boolean isSmall(byte[] input) throws ImageFormatException {
        WebPFrame frame = WebPChunks.frame(input);
        return (long) frame.width() * frame.height() <= MAX_PIXELS;
    }

    private static void chunks(byte[] input) throws ImageFormatException {
        if (WebP.matches(input)) {
            WebPFrame frame = WebPChunks.frame(input);
            byte[] alone = frame.alone();
            WebPFrame again = WebPChunks.frame(alone);
            Texts.requireEqual(frame.width(), again.width());
            Texts.requireEqual(frame.height(), again.height());
            if (!Arrays.equals(alone, again.alone())) {
                throw new AssertionError("what was kept isn't kept again");
            }
        }
    }
}
