package glimpse.evaluation.front;

import glimpse.evaluation.calibration.GatedImage;
import java.util.Locale;

/** What communication is measured in. */
public enum Measure {
    /** The paper's cost: the share of all images' patches that is sent. */
    COST("cost") {
        @Override
        long spent(GatedImage image) {
            return image.kept();
        }

        @Override
        double unit(int patches) {
            return patches;
        }

        @Override
        boolean measures(Family family) {
            return !family.isWhole(); // what is encoded whole counts as all patches, whatever its bytes
        }
    },

    /** Bytes from edge to server per image, headers and positions included. */
    BYTES("bytes") {
        @Override
        long spent(GatedImage image) {
            return image.upBytes();
        }

        @Override
        double unit(int patches) {
            return 1;
        }

        @Override
        boolean measures(Family family) {
            return true;
        }
    };

    private final String spec;

    Measure(String spec) {
        this.spec = spec;
    }

    /** Returns its name in files. */
    public String spec() {
        return spec;
    }

    /** Returns what an image takes if it is offloaded, in patches or bytes. */
    abstract long spent(GatedImage image);

    /** Returns how much of {@link #spent} one unit per image is. */
    abstract double unit(int patches);

    /** Returns whether methods of a family can be compared by it. */
    abstract boolean measures(Family family);

    /** Returns an amount per image for people, without its unit. */
    public String shown(double amount) {
        return String.format(Locale.ROOT, this == COST ? "%.3f" : "%,.0f", amount);
    }

    /** Returns the mean per image of what some images take in all. */
    double perImage(long spent, int images, int patches) {
        return spent / (images * unit(patches));
    }
}
