package glimpse.collab.audit;

import glimpse.collab.select.NamedRandom;

/**
 * Picks the confident images that are offloaded all the same, to learn whether the server agrees with the edge. Whether
 * an image is picked depends on the seed, its name and its number among the confident ones: a device may give all its
 * images one name, or be started for each of them. Immutable, safe for use by several threads.
 *
 * @param share of the confident images, 0..1
 * @param seed any
 */
public record Audit(double share, long seed) {
    /** Picks no image. */
    public static final Audit NONE = new Audit(0);

    /** Checks the range. */
    public Audit {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("share is " + share + ", expected 0..1");
        }
    }

    /** Makes an audit with a fixed seed. */
    public Audit(double share) {
        this(share, 0);
    }

    /**
     * Returns whether a confident image is audited.
     *
     * @param name the image's
     * @param number of confident images before it
     */
    public boolean picks(String name, long number) {
        return share > 0 && new NamedRandom(seed + number, name).fraction() < share;
    }
}
