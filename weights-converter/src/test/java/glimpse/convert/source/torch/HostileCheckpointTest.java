package glimpse.convert.source.torch;

import static glimpse.convert.source.torch.Archive.number;
import static glimpse.convert.source.torch.Archive.pickle;
import static glimpse.convert.source.torch.Archive.tensor;
import static glimpse.convert.source.torch.Archive.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.convert.Resources;
import glimpse.convert.error.ConvertException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HostileCheckpointTest {
    @TempDir
    Path folder;

    /**
     * Pickles that would execute code, or build something other than data, in Python; each with the expected message.
     */
    static Stream<Map.Entry<String, Object>> hostilePickles() {
        return Map.<String, Object>of(
                "'posix.system'", pickle(0x80, 2, "cposix\nsystem\n", text("touch owned"), 0x85, "R."),
                "'os.system'", pickle(0x80, 4, text("os"), text("system"), 0x93, text("id"), 0x85, "R."),
                "'builtins.eval'", pickle(0x80, 2, "cbuiltins\neval\n", text("1"), 0x85, "R."),
                "'torch.load'", pickle(0x80, 2, "ctorch\nload\n", text("x"), 0x85, "R."),
                "'torch.OrderedDict'", pickle(0x80, 2, "ctorch\nOrderedDict\n)R."),
                "'numpy.core.multiarray._reconstruct'", pickle(0x80, 2, "cnumpy.core.multiarray\n_reconstruct\n."),
                "operation 'i'", pickle(0x80, 2, "(", text("id"), "ios\nsystem\n."),
                "operation 'o'", pickle(0x80, 2, "(}o."),
                "operation 0x81", pickle(0x80, 2, "ccollections\nOrderedDict\n)", 0x81, "."),
                "operation 0x82", pickle(0x80, 2, 0x82, 1, "."))
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("hostilePickles")
    void whatWouldRunIsRefusedByName(Map.Entry<String, Object> hostile) throws IOException {
        Path file = Archive.withPickle((byte[]) hostile.getValue()).write(folder.resolve("hostile.pth"));
        assertRefused(file, hostile.getKey());
    }

    static Stream<Map.Entry<String, Object>> wrongPickles() {
        return Map.<String, Object>of(
                "is cut off at byte 2", pickle(0x80, 2),
                "pops more from its stack than is on it", pickle(0x80, 2, "."),
                "pops to a mark that isn't on its stack", pickle(0x80, 2, "t."),
                "recalls value 7", pickle(0x80, 2, "h", 7, "."),
                "sets the state of something other than a dictionary", pickle(0x80, 2, "]}b."),
                "appends to something other than a list", pickle(0x80, 2, "}K", 1, "a."),
                "text of 4294967295 bytes", pickle(0x80, 2, "X", 0xFF, 0xFF, 0xFF, 0xFF, "."),
                "integer of 255 bytes", pickle(0x80, 2, 0x8A, 255, "."),
                "protocol 5", pickle(0x80, 5, "."),
                "contains no tensors", pickle(0x80, 2, "}", text("model"), "}s."))
                .entrySet()
                .stream();
    }

    @ParameterizedTest
    @MethodSource("wrongPickles")
    void brokenPickleIsRefused(Map.Entry<String, Object> wrong) throws IOException {
        Path file = Archive.withPickle((byte[]) wrong.getValue()).write(folder.resolve("wrong.pth"));
        assertRefused(file, wrong.getKey());
    }

    @Test
    void dictionaryThatHoldsItselfEnds() throws IOException {
        byte[] loop = pickle(0x80, 2, "}q", 0, text("model"), "h", 0, "s.");
        assertRefused(Archive.withPickle(loop).write(folder.resolve("loop.pth")), "contains no tensors");
    }

    @Test
    void tensorOutsideItsStorageIsRefused() throws IOException {
        byte[] three = number(3);
        assertTensorRefused(tensor("FloatStorage", three, number(0), number(4), number(1)), "ends at element 3");
        assertTensorRefused(tensor("FloatStorage", three, number(2), number(2), number(1)), "ends at element 3");
        assertTensorRefused(tensor("FloatStorage", three, number(0), number(2), number(3)), "ends at element 3");
        assertTensorRefused(tensor("FloatStorage", three, number(-1L), number(1), number(1)), "negative");
        assertTensorRefused(tensor("FloatStorage", three, number(2), number(2), number(-1L)), "negative");
        assertTensorRefused(tensor("FloatStorage", three, number(0), number(-4L), number(1)), "negative");
        assertTensorRefused(
                tensor("FloatStorage", three, number(0), number(Long.MAX_VALUE), number(Long.MAX_VALUE)),
                "beyond 2^63");
        assertTensorRefused(tensor("FloatStorage", three, number(0), number(1L << 40), number(0)), "repeats elements");
    }

    @Test
    void storageShorterThanItSaysIsRefused() throws IOException {
        byte[] four = tensor("FloatStorage", number(4), number(0), number(4), number(1));
        assertTensorRefused(four, "storage 0 has 12 bytes, expected 4 elements of F32");
        byte[] huge = tensor("DoubleStorage", number(Long.MAX_VALUE), number(0), number(1), number(1));
        assertTensorRefused(huge, "storage 0 has 12 bytes");
        Path missing = new Archive()
                .entry("a/data.pkl", tensor("FloatStorage", number(3), number(0), number(3), number(1)))
                .write(folder.resolve("missing.pth"));
        assertRefused(missing, "entry 'a/data/0' is missing");
    }

    @Test
    void storageKeyThatIsAPathIsRefused() throws IOException {
        byte[] pickle = pickle(
                0x80,
                2,
                "(",
                text("storage"),
                "ctorch\nFloatStorage\n",
                text("../../etc/passwd"),
                text("cpu"),
                "K",
                1,
                "tQ.");
        assertRefused(Archive.withPickle(pickle).write(folder.resolve("key.pth")), "storage key '../../etc/passwd'");
    }

    @Test
    void entryNamesThatLeaveTheArchiveAreRefused() throws IOException {
        for (String name : new String[] {"../evil", "a/../../evil", "/etc/passwd", "C:\\evil", "a\\..\\evil", "a/.."}) {
            Path file = Archive.withPickle(pickle(0x80, 2, "}."))
                    .entry(name, new byte[1])
                    .write(folder.resolve("traversal.pth"));
            assertRefused(file, "leads out of the archive");
        }
    }

    @Test
    void compressedEntriesAreRefusedBeforeTheyAreUnpacked() throws IOException {
        Path bomb = new Archive()
                .compressed()
                .entry("archive/data.pkl", new byte[50_000_000])
                .write(folder.resolve("bomb.pth"));
        assertThat(Files.size(bomb)).isLessThan(100_000);
        assertRefused(bomb, "entry 'archive/data.pkl' is compressed");
    }

    @Test
    void tensorsThatShareTooMuchAreRefused() throws IOException {
        byte[] one = tensor("FloatStorage", number(3), number(0), number(3), number(1));
        byte[] entry = Arrays.copyOfRange(one, 6, one.length - 2);
        byte[] state = pickle(0x80, 2, "}(");
        for (int i = 0; i < 4; i++) {
            state = pickle(state, text("w" + i), entry);
        }
        // four views of the same twelve bytes are allowed
        try (TorchSource source =
                TorchSource.open(Archive.withPickle(pickle(state, "u.")).write(folder.resolve("tied.pth")))) {
            assertThat(source.tensors()).hasSize(4);
        }
        byte[] memo = pickle(0x80, 2, "}(", text("w"), entry, "q", 0);
        for (int i = 0; i < 2000; i++) {
            memo = pickle(memo, text("w" + i), "h", 0);
        }
        Path bomb = new Archive()
                .entry("a/data.pkl", pickle(memo, "u."))
                .entry("a/data/0", new byte[12])
                .write(folder.resolve("bomb.pth"));
        // 24,000 bytes of tensors in a file of about as many: allowed, as a bomb needs large storages
        try (TorchSource source = TorchSource.open(bomb)) {
            assertThat(source.tensors()).hasSize(2001);
        }
        byte[] large = tensor("FloatStorage", number(100_000L), number(0), number(100_000L), number(1));
        byte[] views = pickle(0x80, 2, "}(", text("w"), Arrays.copyOfRange(large, 6, large.length - 2), "q", 0);
        for (int i = 0; i < 20; i++) {
            views = pickle(views, text("w" + i), "h", 0);
        }
        Path expanding = new Archive()
                .entry("a/data.pkl", pickle(views, "u."))
                .entry("a/data/0", new byte[400_000])
                .write(folder.resolve("expanding.pth"));
        assertRefused(expanding, "its tensors share too much");
    }

    @Test
    void otherArchivesAreRefused() throws IOException {
        assertRefused(
                new Archive().entry("readme.txt", new byte[3]).write(folder.resolve("a.zip")), "0 entries data.pkl");
        Path two = Archive.withPickle(pickle("}."))
                .entry("b/data.pkl", new byte[0])
                .write(folder.resolve("b.zip"));
        assertRefused(two, "2 entries data.pkl");
        Path big = Archive.withPickle(pickle(0x80, 2, "}."))
                .entry("archive/byteorder", pickle("big"))
                .write(folder.resolve("c.zip"));
        assertRefused(big, "byte order 'big', expected little");
    }

    @Test
    void everyTruncationAndChangedByteIsRefusedOrRead() throws IOException {
        byte[] valid = validPickle();
        SplittableRandom random = new SplittableRandom(11);
        int refused = 0;
        int read = 0;
        for (int i = 0; i < 6000; i++) {
            byte[] changed = i < valid.length ? Arrays.copyOf(valid, i) : valid.clone();
            if (i >= valid.length) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(PickleReader.read("fuzz", changed)).isNotNull();
                read++;
            } catch (ConvertException e) {
                assertThat(e).hasMessageStartingWith("fuzz: ");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(valid.length);
        assertThat(read).isPositive();
    }

    @Test
    void everyChangedByteOfAnArchiveIsRefusedOrRead() throws IOException {
        byte[] valid = Files.readAllBytes(Resources.path("torch/protocol4.pth"));
        SplittableRandom random = new SplittableRandom(12);
        Path file = folder.resolve("changed.pth");
        int refused = 0;
        for (int i = 0; i < 1500; i++) {
            byte[] changed = i % 3 == 0 ? Arrays.copyOf(valid, random.nextInt(valid.length)) : valid.clone();
            if (i % 3 != 0) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt();
            }
            Files.write(file, changed);
            try (TorchSource source = TorchSource.open(file)) {
                for (String name : source.tensors().keySet()) {
                    readIfFloat(source, name);
                }
            } catch (ConvertException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(500, 1499);
    }

    private static void readIfFloat(TorchSource source, String name) throws IOException {
        var tensor = source.tensors().get(name);
        if (tensor != null && tensor.type().contains("F")) {
            int count = (int) tensor.elements();
            source.read(name, 0, new float[count], 0, count);
        }
    }

    private static byte[] validPickle() throws IOException {
        try (ZipFile zip = new ZipFile(Resources.path("torch/nested.pth").toFile())) {
            ZipEntry pickle = Collections.list(zip.entries()).stream()
                    .map(ZipEntry.class::cast)
                    .filter(entry -> entry.getName().endsWith("data.pkl"))
                    .findFirst()
                    .orElseThrow();
            try (InputStream in = zip.getInputStream(pickle)) {
                return in.readAllBytes();
            }
        }
    }

    private void assertTensorRefused(byte[] pickle, String message) throws IOException {
        assertRefused(Archive.withPickle(pickle).write(folder.resolve("tensor.pth")), message);
    }

    private void assertRefused(Path file, String message) {
        assertThatThrownBy(() -> TorchSource.open(file).close())
                .isInstanceOf(ConvertException.class)
                .hasMessageStartingWith(file + ": ")
                .hasMessageContaining(message)
                .hasMessageNotContaining("\n");
        assertThat(folder.resolve("owned")).doesNotExist();
    }
}
