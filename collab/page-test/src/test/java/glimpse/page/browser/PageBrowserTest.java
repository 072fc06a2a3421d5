package glimpse.page.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import glimpse.collab.fixture.TinyModel;
import glimpse.engine.VitConfig;
import glimpse.engine.Workers;
import glimpse.service.GlimpseServer;
import glimpse.service.ServerOptions;
import glimpse.service.http.Tokens;
import glimpse.service.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page in a real browser, before a server with two tiny models: 16 patches, 3 classes. */
@Timeout(120)
class PageBrowserTest {
    private static final VitConfig LARGE = new VitConfig(16, 4, 3, 48, 3, 3, 96, 1, 3, true, 1e-6f);

    @TempDir
    static Path folder;

    private static Browser shared;
    private static Workers workers;
    private static GlimpseServer server;

    private Browser browser;

    @BeforeAll
    static void start() throws IOException {
        Optional<Browser> found = Browser.start();
        if (found.isEmpty()) {
            System.out.println("PageBrowserTest is skipped: no chromium and chromedriver on the PATH");
        }
        assumeTrue(found.isPresent(), "no chromium and chromedriver on the PATH");
        shared = found.get();
        workers = Workers.of(1);
        server = GlimpseServer.start(options(), workers);
    }

    private static ServerOptions options() throws IOException {
        List<String> labels = List.of("ant, emmet", "bee", "cow");
        Path small = TinyModel.write(folder.resolve("small"), TinyModel.RGB, 1, labels);
        Path large = TinyModel.write(folder.resolve("large"), LARGE, 2, labels);
        return ServerOptions.of(List.of(ModelFile.of(small), ModelFile.of(large)));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (workers != null) {
            workers.close();
        }
        if (shared != null) {
            shared.close();
        }
    }

    @BeforeEach
    void open() {
        browser = shared;
        browser.open(url(server));
    }

    @AfterEach
    void nothingWasComplainedAbout() {
        browser.reset();
        assertThat(browser.complaints()).isEmpty();
    }

    private static String url(GlimpseServer server) {
        return "http://127.0.0.1:" + server.address().getPort() + "/";
    }

    private void chooseSampleAndAsk() {
        browser.find(".sample").click();
        browser.find("#edge-bars li");
        browser.find("#gate option[value='always']").click();
        browser.find("verdict-source", "The bigger model");
        browser.find("#server-bars li");
    }

    @Test
    void aSampleIsAnsweredByBothModels() {
        chooseSampleAndAsk();
        assertThat(browser.find("#verdict").getText()).matches("[A-Z][a-z ]+: (ant|bee|cow)");
        assertThat(browser.find("#edge-bars").findElements(By.tagName("li"))).hasSize(3);
        assertThat(browser.find("#server-bars").findElements(By.tagName("li"))).hasSize(3);
        assertThat(browser.find("#models").getText())
                .isEqualTo("Small model: small. Bigger model: large, in the same process. 3 classes.");
    }

    @Test
    void theSliderMovesPatchesAndBytes() {
        chooseSampleAndAsk();
        WebElement slider = browser.find("#share");
        slider.sendKeys(Keys.END);
        browser.find("crosses-text", "16 of 16 parts");
        long all = requestBytes();
        slider.sendKeys(Keys.HOME);
        browser.find("crosses-text", "0 of 16 parts");
        assertThat(requestBytes()).isPositive().isLessThan(all);
    }

    private long requestBytes() {
        return Long.parseLong(String.valueOf(
                browser.run("return JSON.parse(document.getElementById('json').textContent).decision.request_bytes")));
    }

    @Test
    void theCodecMovesTheBytes() {
        chooseSampleAndAsk();
        browser.find("#codec option[value='raw']").click();
        browser.find("json", "\"codec\": \"raw\"");
        long raw = requestBytes();
        browser.find("#codec option[value='jpeg:50']").click();
        browser.find("json", "\"codec\": \"jpeg:50\"");
        assertThat(requestBytes()).isPositive().isNotEqualTo(raw);
    }

    private void chooseRounds() {
        browser.find("#way option[value='rounds']").click();
        browser.find("#rounds:not([hidden]) label");
    }

    /** Of three classes the most probable one always has more than 30 %. */
    @Test
    void roundsAreShownUntilTheServerIsSureEnough() {
        chooseSampleAndAsk();
        browser.find("#share").sendKeys(Keys.END);
        chooseRounds();
        browser.find("#until").sendKeys(Keys.HOME);
        browser.find("rounds", "Sure enough: it stops here");
        browser.find("savings", "sent in 1 of 3 rounds");
        assertThat(browser.find("#rounds").getText()).contains("Round 2", "not needed");
        int first = Integer.parseInt(browser.find("#crosses-text").getText().split(" ", 2)[0]);
        assertThat(first).isLessThan(16);

        browser.find("#until").sendKeys(Keys.END);
        browser.find("savings", "sent in 3 of 3 rounds");
        assertThat(browser.find("#crosses-text").getText()).startsWith("16 of 16 parts");
        assertThat(browser.find("#until-text").getText()).isEqualTo("only after the last round");
        assertThat(browser.find("#rounds").getText()).doesNotContain("not needed", "stops here");
        assertThat(browser.find("#curl").getAttribute("textContent"))
                .contains("until=min-entropy%3A0.000", "rounds%3Asum-crossing", "ask=true");
    }

    @Test
    void anEarlierRoundCanBeLookedAt() {
        chooseSampleAndAsk();
        browser.find("#share").sendKeys(Keys.END);
        chooseRounds();
        browser.find("#until").sendKeys(Keys.END);
        browser.find("savings", "sent in 3 of 3 rounds");
        String all = browser.find("#received").getAttribute("aria-label");
        browser.find("#rounds input").sendKeys(Keys.SPACE);
        assertThat(browser.find("#received").getAttribute("aria-label"))
                .isNotEqualTo(all)
                .startsWith("Only the ");
    }

    @Test
    void theKeyboardAloneIsEnough() {
        tabTo("button.sample");
        browser.press(Keys.ENTER);
        browser.find("#edge-bars li");
        tabTo("#heads input");
        browser.press(Keys.ARROW_RIGHT);
        assertThat(browser.find("#looks").getAttribute("aria-label")).endsWith("head 1");
        tabTo("#share");
        browser.press(Keys.HOME);
        browser.find("crosses-text", "0 of 16 parts");
        tabTo("#way");
        browser.press(Keys.ARROW_DOWN);
        tabTo("#until");
        browser.press(Keys.HOME);
        browser.find("until-text", "once it is more than 30 % sure");
        tabTo("#gate");
        tabTo("#codec");
        tabTo("summary");
        browser.press(Keys.ENTER);
        assertThat(browser.find("#numbers").isDisplayed()).isTrue();
    }

    private void tabTo(String css) {
        for (int i = 0; i < 20; i++) {
            browser.press(Keys.TAB);
            if (Boolean.TRUE.equals(browser.run("return document.activeElement.matches('" + css + "')"))) {
                return;
            }
        }
        throw new AssertionError("the tab key doesn't reach " + css);
    }

    @Test
    void nothingKeepsPeopleOutInLightAndDark() {
        chooseSampleAndAsk();
        chooseRounds();
        browser.run("document.getElementById('details').open = true");
        assertThat(browser.violations()).isEmpty();
        browser.emulateColours("dark");
        assertThat(browser.violations()).isEmpty();
    }

    @Test
    void aPhoneNeedsNoHorizontalScrolling() {
        browser.emulateWidth(360);
        chooseSampleAndAsk();
        chooseRounds();
        browser.run("document.getElementById('details').open = true");
        assertThat(browser.run("return document.documentElement.scrollWidth <= window.innerWidth"))
                .isEqualTo(true);
    }

    @Test
    void aFileThatIsNoPictureIsRefusedInWords() throws IOException {
        Path file = Files.writeString(folder.resolve("notes.txt"), "no picture");
        browser.find("#file").sendKeys(file.toString());
        assertThat(browser.find("problem", "picture").getText())
                .isEqualTo("This isn’t a picture that the browser can read.");
    }

    @Test
    void aServerWithATokenIsAskedWithIt() throws IOException {
        ServerOptions options = options().withProtection(Optional.empty(), Optional.of(Tokens.of(List.of("s3cret"))));
        try (GlimpseServer guarded = GlimpseServer.start(options, workers)) {
            browser.openClosed(url(guarded));
            WebElement token = browser.find("#token-form:not([hidden]) #token");
            token.sendKeys("s3cret" + Keys.ENTER);
            browser.find("body[data-ready] .sample").click();
            browser.find("#edge-bars li");
            browser.complaints(); // of the first request, which had no token
        }
    }
}
