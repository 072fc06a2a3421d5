package glimpse.convert;

/** How images are framed, by timm's names for its {@code crop_mode}. */
public enum CropMode {
    /** Resize the shorter side, keeping proportions, and crop the central square. */
    CENTER,
    /** Resize both sides to the same length, whatever the proportions, and crop the central square. */
    SQUASH,
    /** Neither resize nor crop: images already have the model's size. */
    AS_IS
}
