package glimpse.page.view;

import glimpse.engine.ClassLabels;
import glimpse.engine.ClassProbability;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A prediction in words and numbers. */
final class PredictionView {
    private PredictionView() {}

    /**
     * Returns the most probable classes, and how sure the first is.
     *
     * @param top most probable first, at least one
     */
    static Map<String, Object> of(List<ClassProbability> top, ClassLabels labels) {
        List<Map<String, Object>> classes = new ArrayList<>();
        for (ClassProbability one : top) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("class", one.index());
            String number = "class " + one.index();
            values.put("name", labels.isEmpty() ? number : labels.name(one.index()));
            values.put("short_name", labels.isEmpty() ? number : ShortNames.of(one.index(), labels));
            values.put("probability", one.probability());
            classes.add(values);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("words", Confidences.phrase(top.getFirst().probability()));
        values.put("top", classes);
        return values;
    }
}
