package glimpse.collab.codec;

import glimpse.collab.codec.MessageException.Rule;
import java.nio.ByteBuffer;

/**
 * The encoding of positions in a message: a list if that is shorter, otherwise a bitmap. The grid and the number of
 * patches decide which, so no flag is needed.
 */
final class PositionCode {
    private PositionCode() {}

    /** Returns the bytes of {@code count} positions of a grid. */
    static int bytes(int grid, int count) {
        return isList(grid, count) ? count * entryBytes(grid) : bitmapBytes(grid);
    }

    private static boolean isList(int grid, int count) {
        return count * entryBytes(grid) < bitmapBytes(grid);
    }

    private static int entryBytes(int grid) {
        return grid * grid <= 256 ? 1 : 2;
    }

    private static int bitmapBytes(int grid) {
        return (grid * grid + 7) / 8;
    }

    static void write(int grid, int[] positions, ByteBuffer to) {
        if (isList(grid, positions.length)) {
            for (int position : positions) {
                if (entryBytes(grid) == 1) {
                    to.put((byte) position);
                } else {
                    to.putShort((short) position);
                }
            }
            return;
        }
        byte[] bitmap = new byte[bitmapBytes(grid)];
        for (int position : positions) {
            bitmap[position >> 3] |= (byte) (0x80 >> (position & 7));
        }
        to.put(bitmap);
    }

    /** Reads positions, strictly ascending and inside the grid. */
    static int[] read(int grid, int count, MessageReader reader) throws MessageException {
        reader.require(bytes(grid, count), Rule.POSITIONS_TOO_SHORT, "the positions of " + count + " patches");
        return isList(grid, count) ? readList(grid, count, reader) : readBitmap(grid, count, reader);
    }

    private static int[] readList(int grid, int count, MessageReader reader) throws MessageException {
        int[] positions = new int[count];
        int last = -1;
        for (int i = 0; i < count; i++) {
            positions[i] = entryBytes(grid) == 1 ? reader.u8() : reader.u16();
            if (positions[i] <= last || positions[i] >= grid * grid) {
                throw new MessageException(
                        Rule.POSITION_LIST,
                        "position " + i + " is " + positions[i] + ", expected above " + last + " and below "
                                + grid * grid);
            }
            last = positions[i];
        }
        return positions;
    }

    private static int[] readBitmap(int grid, int count, MessageReader reader) throws MessageException {
        byte[] bitmap = reader.take(bitmapBytes(grid));
        int[] positions = new int[count];
        int found = 0;
        for (int position = 0; position < bitmap.length * 8; position++) {
            if ((bitmap[position >> 3] & 0x80 >> (position & 7)) == 0) {
                continue;
            }
            if (found == count || position >= grid * grid) {
                throw new MessageException(
                        Rule.BITMAP,
                        "the bitmap has a one at " + position + ", which is beyond the grid or one too many");
            }
            positions[found++] = position;
        }
        if (found < count) {
            throw new MessageException(Rule.BITMAP, "the bitmap has " + found + " ones, expected " + count);
        }
        return positions;
    }
}
