package glimpse.evaluation.classes;

import java.util.List;

/** Recognises labels that are counted from 1. */
public final class CountedFromOne {
    /** What an error says of such labels. */
    public static final String REMARK = "; the labels seem to be counted from 1";

    private CountedFromOne() {}

    /**
     * Returns whether the labels are numbers of which the smallest is above 0 and the largest the number of classes.
     */
    public static boolean holds(List<String> labels, int classes) {
        int largest = 0;
        for (String label : labels) {
            try {
                int index = Integer.parseInt(label);
                if (index < 1) {
                    return false;
                }
                largest = Math.max(largest, index);
            } catch (NumberFormatException e) {
                return false;
            }
        }
        return largest == classes;
    }
}
