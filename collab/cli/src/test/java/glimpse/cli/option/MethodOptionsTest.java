package glimpse.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import glimpse.collab.gate.OffloadGate;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.plan.Upload;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.ParameterException;

class MethodOptionsTest {
    @Command(defaultValueProvider = Defaults.class)
    private static final class Program {
        @Mixin
        private MethodOptions method = new MethodOptions();
    }

    private static final class Defaults implements IDefaultValueProvider {
        @Override
        public @Nullable String defaultValue(ArgSpec argument) {
            return MethodOptions.defaultOf(argument, "top:1,top:2", "never,margin:0.1,0.2");
        }
    }

    @Test
    void theDefaultsAreTheCommandsOwn() {
        MethodOptions method = parse();
        assertThat(uploads(method)).containsExactly("mean/top:1/raw", "mean/top:2/raw");
        assertThat(gates(method)).containsExactly("never", "margin:0.1", "margin:0.2");
        assertThat(method.links()).isEmpty();
    }

    @Test
    void aGivenOptionReplacesItsDefault() {
        MethodOptions method = parse("--select", "all", "--gate", "always");
        assertThat(uploads(method)).containsExactly("mean/all/raw");
        assertThat(gates(method)).containsExactly("always");
    }

    @Test
    void aGridStandsForItsValuesAndEachCountsOnce() {
        assertThat(uploads(parse("--select", "top:1..3/1,top:2", "--codec", "raw,jpeg:50")))
                .containsExactly(
                        "mean/top:1/raw",
                        "mean/top:1/jpeg:50",
                        "mean/top:2/raw",
                        "mean/top:2/jpeg:50",
                        "mean/top:3/raw",
                        "mean/top:3/jpeg:50");
    }

    @Test
    void aCommaContinuesAGateBeforeANumberAndEndsItBeforeAWord() {
        assertThat(gates(parse("--gate", "min-entropy:0.8,1,margin:.5,always", "--gate", "shannon:1..2/1,3")))
                .containsExactly(
                        "min-entropy:0.8",
                        "min-entropy:1.0",
                        "margin:0.5",
                        "always",
                        "shannon:1.0",
                        "shannon:3.0",
                        "shannon:2.0");
    }

    @Test
    void linksAreNamedOrDescribed() {
        assertThat(parse("--link", "lte,wifi", "--link", "lte").links())
                .extracting(Link::name)
                .containsExactly("lte", "wifi");
    }

    @Test
    void anInvalidValueNamesTheOptionAndWhatWasExpected() {
        assertThatThrownBy(() -> parse("--codec", "raw,zip"))
                .isInstanceOf(ParameterException.class)
                .hasMessage("Invalid value for option '--codec' (CODEC[,...]): 'zip' is invalid, expected raw, deflate,"
                        + " jpeg:QUALITY (1..100) or glimpse:QUALITY (1..99)");
    }

    private static MethodOptions parse(String... arguments) {
        Program program = new Program();
        new CommandLine(program).parseArgs(arguments);
        return program.method;
    }

    private static List<String> uploads(MethodOptions method) {
        return method.plan(List.of(), false).uploads().stream()
                .map(Upload::spec)
                .toList();
    }

    private static List<String> gates(MethodOptions method) {
        return method.gates().stream().map(OffloadGate::spec).toList();
    }
}
