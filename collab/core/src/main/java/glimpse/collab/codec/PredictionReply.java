package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import glimpse.engine.ClassProbability;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A reply from server to edge: the most probable classes. Immutable.
 *
 * @param requestId the id of the request
 * @param top 1..255 classes, most probable first, each once; probabilities are rounded to floats
 */
public record PredictionReply(int requestId, List<ClassProbability> top) implements Message {
    static final int KIND = 2;

    /** The number of classes in a server's reply, if its model has as many. */
    public static final int TOP_CLASSES = 5;

    private static final int MAX_CLASSES = 255;
    private static final int CLASS_BYTES = 8;

    /** Copies the classes and checks them as {@link Message#parse} does. */
    public PredictionReply {
        top = top.stream()
                .map(one -> new ClassProbability(one.index(), (float) one.probability()))
                .toList();
        try {
            check(top);
        } catch (MessageException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Reads the part after the header. */
    static PredictionReply read(int requestId, MessageReader reader) throws MessageException {
        reader.require(1, Rule.TOO_SHORT, "a prediction reply's number of classes");
        int count = reader.u8();
        reader.require(count * CLASS_BYTES, Rule.TOO_SHORT, "a prediction reply of " + count + " classes");
        ClassProbability[] top = new ClassProbability[count];
        for (int i = 0; i < count; i++) {
            top[i] = new ClassProbability(reader.i32(), Float.intBitsToFloat(reader.i32()));
        }
        reader.requireEnd();
        check(List.of(top));
        return new PredictionReply(requestId, List.of(top));
    }

    private static void check(List<ClassProbability> top) throws MessageException {
        if (top.isEmpty() || top.size() > MAX_CLASSES) {
            throw new MessageException(
                    Rule.CLASSES, "there are " + top.size() + " classes, expected 1.." + MAX_CLASSES);
        }
        Set<Integer> seen = new HashSet<>();
        double last = 1;
        for (ClassProbability one : top) {
            if (one.index() < 0 || !seen.add(one.index())) {
                throw new MessageException(Rule.CLASSES, "class " + one.index() + " is negative or occurs twice");
            }
            float probability = (float) one.probability();
            if (!(probability >= 0 && probability <= last) || Float.floatToRawIntBits(probability) < 0) {
                throw new MessageException(
                        Rule.PROBABILITY,
                        "class " + one.index() + " has probability " + probability + ", expected 0.." + last);
            }
            last = probability;
        }
    }

    @Override
    public byte[] encode() {
        byte[] message = new byte[HEADER_BYTES + 1 + top.size() * CLASS_BYTES];
        ByteBuffer to = MessageHeader.begin(KIND, requestId, message);
        to.put((byte) top.size());
        for (ClassProbability one : top) {
            to.putInt(one.index()).putFloat((float) one.probability());
        }
        return message;
    }
}
