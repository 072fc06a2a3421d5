package glimpse.evaluation.data;

import glimpse.evaluation.listing.DatasetException;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Texts;
import java.util.List;

/** The reader of IDX arrays. */
public final class DataFuzzTargets implements FuzzTargets {
    /** Makes the list; called by the service loader. */
    public DataFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(FuzzTarget.of("idx", DataFuzzTargets::idx, DatasetException.class));
    }

    private static void idx(byte[] input) throws DatasetException {
        int dimensions = input.length > 3 && input[3] == 1 ? 1 : 3;
        IdxArray array = IdxArray.parse("input", input, dimensions);
        Texts.requireEqual(array.shape().stream().reduce(1, Math::multiplyExact), array.values().length);
    }
}
