package glimpse.collab.evaluate;

import glimpse.collab.codec.PayloadCodec;

/** What the server is sent of an image, and in which form. Immutable. */
public sealed interface Sending {
    /** The whole image, every pixel as it is: what the server alone is measured with. */
    Sending WHOLE = new Patches(Selector.WHOLE, PayloadCodec.raw());

    /** In one word, as it stands in column names. */
    String spec();

    /**
     * Patches in a message.
     *
     * @param selector which ones
     * @param codec how their pixels cross
     */
    record Patches(Selector selector, PayloadCodec codec) implements Sending {
        @Override
        public String spec() {
            return selector.spec() + "/" + codec.spec();
        }
    }

    /**
     * What a device would send that chooses nothing: the square that the model sees, as an image file. Its bytes are the
     * file's, headers and all, without a message around it.
     *
     * @param format the file's
     */
    record WholeFile(FileFormat format) implements Sending {
        @Override
        public String spec() {
            return "file/" + format.spec();
        }
    }
}
