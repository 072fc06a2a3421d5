package glimpse.evaluation.classes;

import glimpse.evaluation.listing.DatasetException;
import glimpse.evaluation.listing.FileContent;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The classes of the ILSVRC2012 development kit: which WordNet id an ILSVRC2012_ID stands for. They are in its
 * {@code data/meta.mat}, a MATLAB 5 file with the structure array {@code synsets}, and in later kits'
 * {@code map_clsloc.txt}, a text file with a WordNet id, the ILSVRC2012_ID and a name on each line. A list of WordNet
 * ids in the order of the ILSVRC2012_IDs will do, too. Immutable.
 */
final class DevkitClasses {
    /** The file's usual name. */
    static final String FILE_NAME = "meta.mat";

    /** The usual names of the file, the first being preferred. */
    static final List<String> FILE_NAMES = List.of(FILE_NAME, "map_clsloc.txt");

    private static final int MAX_BYTES = 1 << 23; // the kit's own unpacks to less than a quarter
    private static final int HEADER_BYTES = 128;
    private static final int BYTE_ORDER_AT = 126;
    private static final Pattern WORDNET_ID = Pattern.compile("n\\d{8}");
    private static final Pattern LINE = Pattern.compile("(n\\d{8})(?:[\t ,]+(?:(\\d{1,9})(?:[\t ,].*)?|.*))?");

    private final String name;
    private final Map<Integer, String> wordNetIds; // by ILSVRC2012_ID, sorted

    private DevkitClasses(String name, Map<Integer, String> wordNetIds) {
        this.name = name;
        this.wordNetIds = wordNetIds;
    }

    /**
     * Reads a file.
     *
     * @throws DatasetException naming the file and what is wrong with it
     */
    static DevkitClasses read(Path file) throws DatasetException {
        return parse(file.toString(), FileContent.read(file, MAX_BYTES));
    }

    /**
     * Parses a file's content.
     *
     * @throws DatasetException naming the file and what is wrong with it
     */
    static DevkitClasses parse(String name, byte[] content) throws DatasetException {
        try {
            boolean text = content.length > 1 && content[0] == 'n' && Character.isDigit(content[1]);
            return new DevkitClasses(name, text ? listed(content) : synsets(content));
        } catch (DatasetException e) {
            throw new DatasetException(name + ": " + e.getMessage(), e);
        }
    }

    private static Map<Integer, String> listed(byte[] content) throws DatasetException {
        List<Matcher> lines = new String(content, StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(LINE::matcher)
                .toList();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).matches()) {
                throw new DatasetException("entry " + (i + 1) + " doesn't begin with a WordNet id (n and 8 digits)");
            }
        }
        boolean numbered = lines.stream().allMatch(line -> line.group(2) != null);
        Map<Integer, String> synsets = new TreeMap<>();
        for (Matcher line : lines) {
            int id = numbered ? Integer.parseInt(line.group(2)) : synsets.size() + 1;
            if (synsets.put(id, line.group(1)) != null) {
                throw new DatasetException("ILSVRC2012_ID " + id + " occurs more than once");
            }
        }
        List<String> inOrder = List.copyOf(synsets.values());
        if (!numbered
                && inOrder.size() > 1
                && inOrder.equals(inOrder.stream().sorted().toList())) {
            throw new DatasetException("lists the classes in the order of their WordNet ids, which is the models',"
                    + " expected the order of the ILSVRC2012_IDs, as in the development kit's "
                    + String.join(" or ", FILE_NAMES));
        }
        return synsets;
    }

    private static Map<Integer, String> synsets(byte[] content) throws DatasetException {
        ByteBuffer file = ByteBuffer.wrap(content);
        if (content.length < HEADER_BYTES) {
            throw new DatasetException("too short for a MATLAB 5 file");
        }
        switch (file.getShort(BYTE_ORDER_AT)) {
            case 'I' << 8 | 'M' -> file.order(ByteOrder.LITTLE_ENDIAN);
            case 'M' << 8 | 'I' -> file.order(ByteOrder.BIG_ENDIAN);
            default -> throw new DatasetException("not a MATLAB 5 file, nor a list of WordNet ids");
        }
        file.position(HEADER_BYTES);
        int unpacked = 0;
        while (file.hasRemaining()) {
            MatElement element = MatElement.next(file);
            if (element.type() == MatElement.COMPRESSED) {
                ByteBuffer inflated = element.inflated(MAX_BYTES - unpacked);
                unpacked += inflated.limit();
                element = MatElement.next(inflated);
            }
            if (element.type() == MatElement.MATRIX) {
                MatArray variable = MatArray.of(element);
                if (variable.name().equals("synsets")) {
                    return synsets(variable);
                }
            }
        }
        throw new DatasetException("has no variable 'synsets', expected the development kit's " + FILE_NAME);
    }

    private static Map<Integer, String> synsets(MatArray variable) throws DatasetException {
        if (!variable.isStructure()) {
            throw new DatasetException("'synsets' isn't an array of structures");
        }
        List<String> fields = variable.fields();
        int idField = fields.indexOf("ILSVRC2012_ID");
        int wordNetField = fields.indexOf("WNID");
        if (idField < 0 || wordNetField < 0) {
            throw new DatasetException("the structure 'synsets' lacks the field "
                    + (idField < 0 ? "ILSVRC2012_ID" : "WNID") + ", expected the development kit's " + FILE_NAME);
        }
        Map<Integer, String> synsets = new TreeMap<>();
        for (long i = 0; i < variable.elements(); i++) {
            double id = 0;
            String wordNetId = "";
            for (int field = 0; field < fields.size(); field++) {
                MatElement value = MatElement.next(variable.content());
                if (field == idField) {
                    id = MatArray.of(value).number();
                } else if (field == wordNetField) {
                    wordNetId = MatArray.of(value).text();
                }
            }
            if (id < 1 || id != (int) id || !WORDNET_ID.matcher(wordNetId).matches()) {
                throw new DatasetException(
                        "synset " + i + " has no ILSVRC2012_ID above 0 with a WordNet id (n and 8" + " digits)");
            }
            if (synsets.put((int) id, wordNetId) != null) {
                throw new DatasetException("ILSVRC2012_ID " + (int) id + " occurs more than once");
            }
        }
        return synsets;
    }

    /** Returns the WordNet ids by ILSVRC2012_ID. */
    Map<Integer, String> wordNetIds() {
        return Map.copyOf(wordNetIds);
    }

    /**
     * Returns the index of a class of a model. The classes of a model without labels are those of the kit's first ids,
     * in the order of their WordNet ids.
     *
     * @param id an ILSVRC2012_ID
     * @throws DatasetException naming the file if it has no such class, or the model hasn't
     */
    int index(int id, ClassIndex classes) throws DatasetException {
        String wordNetId = wordNetIds.get(id);
        if (wordNetId == null) {
            throw new DatasetException(
                    "ILSVRC2012_ID " + id + " isn't one of the " + wordNetIds.size() + " in " + name);
        }
        OptionalInt index = classes.labelled() ? classes.find(wordNetId) : inOrder(wordNetId, classes.classes());
        return index.orElseThrow(() -> new DatasetException("ILSVRC2012_ID " + id + " is " + wordNetId + " in " + name
                + ", which isn't a class of the model; " + classes.hint()));
    }

    private OptionalInt inOrder(String wordNetId, int classes) {
        List<String> sorted =
                wordNetIds.values().stream().limit(classes).sorted().toList();
        int index = sorted.indexOf(wordNetId);
        return index < 0 || sorted.size() != classes ? OptionalInt.empty() : OptionalInt.of(index);
    }
}
