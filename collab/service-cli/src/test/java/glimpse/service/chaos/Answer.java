package glimpse.service.chaos;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line of {@code glimpse edge}.
 *
 * @param name of the image's file
 * @param source {@code edge}, {@code server} or {@code fallback}; {@code error} if it has no answer
 * @param reason of a fallback
 * @param prediction class and probability
 * @param millis how long the edge took for it in all
 */
record Answer(String name, String source, Optional<String> reason, String prediction, double millis) {
    private static final Pattern NAME = Pattern.compile("\"image\":\"(?:[^\"]*/)?([^\"/]+)\"");
    private static final Pattern SOURCE = Pattern.compile("\"source\":\"(\\w+)\"");
    private static final Pattern REASON = Pattern.compile("\"reason\":\"(\\w+)\"");
    private static final Pattern PREDICTION = Pattern.compile("\"class\":(\\d+).*\"probability\":([-+.\\dE]+)");
    private static final Pattern STAGE = Pattern.compile("\"(?:decode|edge|encode|exchange)\":([-+.\\dE]+)");

    static Answer of(String line) {
        Matcher prediction = PREDICTION.matcher(line);
        return new Answer(
                find(NAME, line).orElseThrow(() -> new IllegalArgumentException("no image in the line " + line)),
                find(SOURCE, line).orElse("error"),
                find(REASON, line),
                prediction.find() ? prediction.group(1) + " " + prediction.group(2) : "",
                STAGE.matcher(line)
                        .results()
                        .mapToDouble(stage -> Double.parseDouble(stage.group(1)))
                        .sum());
    }

    private static Optional<String> find(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Returns which of the pictures it is an answer to. */
    int picture() {
        return Integer.parseInt(name.replaceFirst(".*-(\\d+)\\.png", "$1"));
    }

    boolean ofServer() {
        return source.equals("server");
    }
}
