package glimpse.collab.codec.packet;

import glimpse.collab.codec.MessageException;
import glimpse.engine.image.PixelPatches;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.util.Arrays;
import java.util.List;

/** The reader of packets. */
public final class PacketFuzzTargets implements FuzzTargets {
    private static final int HEADER = 3;
    private static final int MAX_PIXEL_BYTES = 1 << 17;

    /** Makes the list; called by the service loader. */
    public PacketFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(FuzzTarget.of("packets", PacketFuzzTargets::packets, MessageException.class));
    }

    /** The grid, the patch size, whether there is colour; then packets, each after its length in two bytes. */
    private static void packets(byte[] input) throws MessageException {
        if (input.length < HEADER || input[0] == 0 || input[1] == 0) {
            return;
        }
        int grid = input[0] & 0xff;
        int patchSize = input[1] & 0xff;
        int channels = (input[2] & 1) == 0 ? 1 : 3;
        if ((long) grid * grid * patchSize * patchSize * channels > MAX_PIXEL_BYTES) {
            return;
        }
        PacketJoin join = new PacketJoin(grid, patchSize, channels);
        int added = 0;
        for (int at = HEADER; at + 2 <= input.length; ) {
            int length = (input[at] & 0xff) << 8 | (input[at + 1] & 0xff);
            int end = Math.min(input.length, at + 2 + length);
            byte[] packet = Arrays.copyOfRange(input, at + 2, end);
            at = end;
            try {
                join.add(packet);
                added++;
            } catch (MessageException e) {
                // the others are still joined
            }
        }
        if (join.packets() > added || (added > 0 && join.packets() == 0)) {
            throw new AssertionError(added + " packets were added, " + join.packets() + " are there");
        }
        PixelPatches patches = join.patches();
        Texts.requireEqual(true, patches.patches() <= grid * grid);
    }
}
