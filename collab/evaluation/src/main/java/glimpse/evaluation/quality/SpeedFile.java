package glimpse.evaluation.quality;

import glimpse.evaluation.io.AtomicFile;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.rows.RunFolder;
import glimpse.evaluation.run.Speed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes how fast models were: the one file of a run's folder that differs from run to run. */
public final class SpeedFile {
    /** The file's name in a run's folder. */
    public static final String NAME = "speed.json";

    private static final double NANOS_PER_SECOND = 1e9;

    private SpeedFile() {}

    /**
     * Writes the file if any image was evaluated; otherwise what an earlier run measured stays.
     *
     * @param speeds one per model
     */
    public static void write(List<PredictionQuality> models, List<Speed> speeds, RunFolder folder) throws IOException {
        List<Map<String, Object>> values = new ArrayList<>();
        for (int i = 0; i < models.size(); i++) {
            Speed speed = speeds.get(i);
            if (speed.images() > 0) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("model", models.get(i).name());
                one.put("images", speed.images());
                speed.modelNanos().ifPresent(nanos -> one.put("model_seconds", nanos / NANOS_PER_SECOND));
                one.put("run_seconds", speed.wallNanos() / NANOS_PER_SECOND);
                values.add(one);
            }
        }
        if (!values.isEmpty()) {
            AtomicFile.write(folder.file(NAME), Json.write(values) + "\n");
        }
    }
}
