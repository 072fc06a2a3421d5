package glimpse.page.view;

import glimpse.collab.codec.PredictionReply;
import glimpse.collab.gate.Confidence;
import glimpse.collab.select.AttentionScore;
import glimpse.engine.AttentionMap;
import glimpse.engine.VitConfig;
import glimpse.page.picture.ExaminedPicture;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the edge saw in a picture. */
public final class PictureView {
    private PictureView() {}

    /** Returns the picture as the model saw it, its attention and its prediction. */
    public static Map<String, Object> of(ExaminedPicture picture, AttentionScore score) {
        VitConfig config = picture.edge().transformer().config();
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("width", picture.width());
        values.put("height", picture.height());
        values.put("file_bytes", picture.fileBytes());
        values.put("grid", config.grid());
        values.put("patch_size", config.patchSize());
        values.put("channels", config.channels());
        values.put("pixels", picture.patches().pixels()); // base64, [patches][patchSize][patchSize][channels]
        values.put("score", score.spec());
        values.put("scores", picture.inspected().result().scores(score));
        values.put("heads", heads(picture.inspected().readout()));
        values.put("edge", edge(picture));
        Map<String, Object> millis = new LinkedHashMap<>();
        millis.put("decode", Json.millis(picture.decode()));
        millis.put("edge", Json.millis(picture.pass()));
        values.put("millis", millis);
        return values;
    }

    private static Map<String, Object> edge(ExaminedPicture picture) {
        Map<String, Object> values = PredictionView.of(
                picture.inspected().result().prediction().top(PredictionReply.TOP_CLASSES),
                picture.edge().transformer().labels());
        Confidence confidence = picture.inspected().result().confidence();
        values.put("min_entropy_bits", confidence.minEntropyBits());
        values.put("shannon_bits", confidence.shannonBits());
        values.put("margin", confidence.margin());
        return values;
    }

    private static float[][] heads(AttentionMap readout) {
        float[][] heads = new float[readout.heads()][readout.patches()];
        for (int head = 0; head < heads.length; head++) {
            for (int patch = 0; patch < readout.patches(); patch++) {
                heads[head][patch] = readout.weight(head, 0, readout.prefixTokens() + patch);
            }
        }
        return heads;
    }
}
