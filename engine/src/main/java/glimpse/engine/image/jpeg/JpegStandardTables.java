package glimpse.engine.image.jpeg;

import java.util.HexFormat;

/**
 * The typical Huffman tables of ITU-T T.81, K.3.3, which motion JPEG leaves out: 16 counts, then symbols, as stored in
 * segments.
 */
final class JpegStandardTables {
    private static final byte[] LUMA_DC =
            HexFormat.of().parseHex("00010501010101010100000000000000000102030405060708090a0b");
    private static final byte[] CHROMA_DC =
            HexFormat.of().parseHex("00030101010101010101010000000000000102030405060708090a0b");
    private static final byte[] LUMA_AC = HexFormat.of()
            .parseHex("0002010303020403050504040000017d01020300041105122131410613516107227114328191a1082342b1c11552d1f0"
                    + "2433627282090a161718191a25262728292a3435363738393a434445464748494a535455565758595a63646566676869"
                    + "6a737475767778797a838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3c4c5"
                    + "c6c7c8c9cad2d3d4d5d6d7d8d9dae1e2e3e4e5e6e7e8e9eaf1f2f3f4f5f6f7f8f9fa");
    private static final byte[] CHROMA_AC = HexFormat.of()
            .parseHex("00020102040403040705040400010277000102031104052131061241510761711322328108144291a1b1c109233352f0"
                    + "156272d10a162434e125f11718191a262728292a35363738393a434445464748494a535455565758595a636465666768"
                    + "696a737475767778797a82838485868788898a92939495969798999aa2a3a4a5a6a7a8a9aab2b3b4b5b6b7b8b9bac2c3"
                    + "c4c5c6c7c8c9cad2d3d4d5d6d7d8d9dae2e3e4e5e6e7e8e9eaf2f3f4f5f6f7f8f9fa");

    private JpegStandardTables() {}

    /** Returns table 0 (luma) or 1 (chroma) of DC differences. */
    static byte[] dc(int place) {
        return place == 0 ? LUMA_DC : CHROMA_DC;
    }

    /** Returns table 0 (luma) or 1 (chroma) of AC coefficients. */
    static byte[] ac(int place) {
        return place == 0 ? LUMA_AC : CHROMA_AC;
    }
}
