package glimpse.collab.codec.mosaic;

import static glimpse.collab.codec.mosaic.TwinModel.context;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A decoder of codecs 2 to 100, written from MESSAGE.md alone, with pixels of the whole image and no thought for speed.
 */
final class TwinDecoder {
    private final int grid;
    private final int size;
    private final int channels;
    private final int quality;
    private final TwinModel model;
    private final int unit;
    private final int side; // of a patch in whole units
    private final List<int[][]> samples = new ArrayList<>(); // of each patch: [channels][side * side]
    private final List<int[]> activities = new ArrayList<>(); // of each patch: [side * side]
    private final List<Integer> offsets = new ArrayList<>();
    private final List<Integer> positions = new ArrayList<>();
    private int patch;
    private int q;
    private int nearOfCr;

    TwinDecoder(int grid, int size, int channels, int quality, byte[] payload) throws IOException {
        this.grid = grid;
        this.size = size;
        this.channels = channels;
        this.quality = quality;
        model = new TwinModel(payload);
        unit = size <= 4 ? 4 : size <= 8 ? 8 : 16;
        side = (size + unit - 1) / unit * unit;
    }

    byte[] decode(int count) {
        positions(count);
        for (patch = 0; patch < count; patch++) {
            samples.add(new int[channels][side * side]);
            activities.add(new int[side * side]);
            offsets.add(offset());
            q = Math.clamp(quality + 5 * offsets.getLast(), 1, 99);
            for (int y = 0; y < side; y += unit) {
                for (int x = 0; x < side; x += unit) {
                    unit(x, y);
                }
            }
        }
        return pixels();
    }

    private void positions(int count) {
        for (int place = 0; place < grid * grid && positions.size() < count; place++) {
            int x = place % grid;
            int y = place / grid;
            int missing = count - positions.size();
            int left = grid * grid - place;
            int around =
                    (present(x - 1, y) * 3 + present(x, y - 1)) * 9 + present(x - 1, y - 1) * 3 + present(x + 1, y - 1);
            int column = 8 * Math.abs(2 * x - grid + 1) / (grid + 1);
            int row = 8 * Math.abs(2 * y - grid + 1) / (grid + 1);
            if (missing == left
                    || model.decide(
                            TwinModel.SET_POSITION,
                            context(TwinModel.POSITION_AROUND, around),
                            context(TwinModel.POSITION_PLACE, column * 8 + row),
                            context(TwinModel.POSITION_SHARE, 31 * missing / left))) {
                positions.add(place);
            }
        }
    }

    private int present(int x, int y) {
        return x < 0 || y < 0 || x >= grid ? 2 : positions.contains(y * grid + x) ? 1 : 0;
    }

    /** The patch this many columns and rows away if it is among those before, otherwise -1. */
    private int before(int columns, int rows) {
        int x = positions.get(patch) % grid + columns;
        int y = positions.get(patch) / grid + rows;
        return x < 0 || y < 0 ? -1 : positions.subList(0, patch).indexOf(y * grid + x);
    }

    private int nearest() {
        int best = -1;
        int least = Integer.MAX_VALUE;
        for (int i = Math.max(0, patch - 32); i < patch; i++) {
            int columns = positions.get(i) % grid - positions.get(patch) % grid;
            int rows = positions.get(i) / grid - positions.get(patch) / grid;
            if (columns * columns + rows * rows <= least) {
                least = columns * columns + rows * rows;
                best = i;
            }
        }
        return best;
    }

    private int offset() {
        int beside = before(-1, 0) >= 0 ? before(-1, 0) : before(0, -1) >= 0 ? before(0, -1) : nearest();
        int sign = beside < 0 ? 1 : 1 + Integer.signum(offsets.get(beside));
        if (!offset(sign, 0)) {
            return 0;
        }
        boolean negative = offset(sign, 1);
        int magnitude = 1;
        while (magnitude < 4 && offset(sign, 1 + magnitude)) {
            magnitude++;
        }
        return negative ? -magnitude : magnitude;
    }

    private boolean offset(int beside, int decision) {
        return model.decide(TwinModel.SET_OFFSET, context(TwinModel.OFFSET, beside * 6 + decision));
    }

    private void unit(int x, int y) {
        boolean split = false;
        if (unit > 4) {
            int of = unit == 16 ? 0 : 1;
            split = model.decide(
                    TwinModel.SET_SPLIT,
                    context(TwinModel.SPLIT_NEAR, of * 6 + near(x, y)),
                    context(TwinModel.SPLIT_QUALITY, of * 10 + q / 10));
        }
        int length = split ? unit / 2 : unit;
        int most = 0;
        for (int i = 0; i < (split ? 4 : 1); i++) {
            int left = x + i % 2 * length;
            int top = y + i / 2 * length;
            TwinBlock block = new TwinBlock(model, length == 16 ? 0 : length == 8 ? 1 : 2, length, length);
            block(block, 0, left, top, near(left, top), null);
            for (int k = 0; k < length * length; k++) {
                activities.getLast()[(top + k / length) * side + left + k % length] =
                        1 + 16 * (block.last + 1) / length;
            }
            most = Math.max(most, 1 + 16 * (block.last + 1) / length);
        }
        @Nullable TwinBlock cb = null;
        for (int c = 1; c < channels; c++) {
            TwinBlock block = new TwinBlock(model, 2 + c, unit, unit / 2);
            block(block, c, x, y, c == 1 ? nearOf(2 * most) : nearOfCr, cb);
            nearOfCr = (nearOf(2 * most) > 3 ? 1 : 0) + (block.last < 0 ? 0 : block.last == 0 ? 2 : 4);
            cb = block;
        }
    }

    private int near(int x, int y) {
        int left = activity(x - 1, y);
        int above = activity(x, y - 1);
        return nearOf(left == 0 ? 2 * above : above == 0 ? 2 * left : left + above);
    }

    private static int nearOf(int sum) {
        return sum == 0 ? 0 : sum <= 3 ? 1 : sum <= 14 ? 2 : sum <= 24 ? 3 : sum <= 36 ? 4 : 5;
    }

    private int activity(int x, int y) {
        int of = owner(x, y);
        return of < 0 ? 0 : activities.get(of)[(y < 0 ? size - 1 : y) * side + (x < 0 ? size - 1 : x)];
    }

    private int owner(int x, int y) {
        return x >= 0 && y >= 0 ? patch : before(x < 0 ? -1 : 0, y < 0 ? -1 : 0);
    }

    private int sample(int c, int x, int y) {
        return samples.get(owner(x, y))[c][(y < 0 ? size - 1 : y) * side + (x < 0 ? size - 1 : x)];
    }

    private void block(TwinBlock block, int c, int x, int y, int near, @Nullable TwinBlock cb) {
        boolean left = owner(x - 1, y) >= 0;
        boolean above = owner(x, y - 1) >= 0;
        block.read((left ? 1 : 0) + (above ? 2 : 0), near, q, cb);
        int n = block.side;
        int sum = 0;
        for (int i = 0; i < n; i++) {
            sum += (left ? sample(c, x - 1, y + i) : 0) + (above ? sample(c, x + i, y - 1) : 0);
        }
        int known = (left ? n : 0) + (above ? n : 0);
        int flat = known > 0 ? (sum + known / 2) / known : meanOfNearest(c);
        int corner = 0;
        if (left && above) {
            corner = owner(x - 1, y - 1) < 0
                    ? (sample(c, x - 1, y) + sample(c, x, y - 1) + 1) / 2
                    : sample(c, x - 1, y - 1);
        }
        int[][] r = block.residual(q);
        int[] restored = new int[n * n];
        for (int i = 0; i < n * n; i++) {
            int across = i % n;
            int down = i / n;
            int predicted = switch (block.mode) {
                case "flat" -> flat;
                case "down" -> sample(c, x + across, y - 1);
                case "across" -> sample(c, x - 1, y + down);
                default -> sample(c, x + across, y - 1) + sample(c, x - 1, y + down) - corner;
            };
            restored[i] = Math.clamp(predicted + r[down][across], 0, 255);
        }
        for (int i = 0; i < n * n; i++) {
            samples.get(patch)[c][(y + i / n) * side + x + i % n] = restored[i];
        }
    }

    private int meanOfNearest(int c) {
        int nearest = nearest();
        if (nearest < 0) {
            return 128;
        }
        int sum = 0;
        for (int i = 0; i < size * size; i++) {
            sum += samples.get(nearest)[c][i / size * side + i % size];
        }
        return (sum + size * size / 2) / (size * size);
    }

    private byte[] pixels() {
        byte[] pixels = new byte[positions.size() * size * size * channels];
        int to = 0;
        for (int[][] planes : samples) {
            for (int i = 0; i < size * size; i++) {
                int at = i / size * side + i % size;
                int luma = planes[0][at];
                if (channels == 1) {
                    pixels[to++] = (byte) luma;
                } else {
                    int b = planes[1][at] - 128;
                    int r = planes[2][at] - 128;
                    pixels[to++] = (byte) Math.clamp(luma + Math.floorDiv(91881 * r + 32768, 65536), 0, 255);
                    pixels[to++] =
                            (byte) Math.clamp(luma + Math.floorDiv(-22554 * b - 46802 * r + 32768, 65536), 0, 255);
                    pixels[to++] = (byte) Math.clamp(luma + Math.floorDiv(116130 * b + 32768, 65536), 0, 255);
                }
            }
        }
        return pixels;
    }
}
