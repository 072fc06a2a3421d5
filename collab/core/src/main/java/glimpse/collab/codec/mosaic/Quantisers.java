package glimpse.collab.codec.mosaic;

/** The quantisers of the qualities in use. Not safe for use by several threads. */
final class Quantisers {
    private final int unit;
    private final Quantiser[] made = new Quantiser[MosaicCodec.MAX_QUALITY + 1];

    Quantisers(int unit) {
        this.unit = unit;
    }

    Quantiser of(int quality) {
        if (made[quality] == null) {
            made[quality] = new Quantiser(quality, unit);
        }
        return made[quality];
    }
}
