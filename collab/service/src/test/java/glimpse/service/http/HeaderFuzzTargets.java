package glimpse.service.http;

import com.linecorp.armeria.common.HttpMethod;
import com.linecorp.armeria.common.RequestHeaders;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Scratch;
import glimpse.fuzz.Texts;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The readers of the headers that clients send, and of the file of the tokens that they must carry. */
public final class HeaderFuzzTargets implements FuzzTargets {
    private static final Duration MOST = Duration.ofSeconds(30);

    /** Makes the list; called by the service loader. */
    public HeaderFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("request-terms", HeaderFuzzTargets::terms, RequestTerms.InvalidHeaderException.class),
                FuzzTarget.of("tokens", HeaderFuzzTargets::tokens, IOException.class));
    }

    /** A deadline, and on the next line a priority. */
    private static void terms(byte[] input) throws RequestTerms.InvalidHeaderException {
        String[] lines = Texts.of(input).split("\n", 2);
        RequestHeaders headers = RequestHeaders.builder(HttpMethod.POST, "/")
                .set(HeaderNames.DEADLINE_MILLIS, visible(lines[0]))
                .set(HeaderNames.PRIORITY, visible(lines[lines.length - 1]))
                .build();
        Duration limit = RequestTerms.of(headers, MOST).limit();
        Texts.requireEqual(true, !limit.isNegative() && limit.compareTo(MOST) <= 0);
    }

    /** What the web server lets through. */
    private static String visible(String line) {
        return line.replaceAll("[^ -~]", "?");
    }

    private static void tokens(byte[] input) throws IOException {
        Tokens tokens = Tokens.read(Scratch.write("tokens", input));
        Texts.requireEqual(false, tokens.permit("Bearer "));
        tokens.permit(Texts.of(input));
    }
}
