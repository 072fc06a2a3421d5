package glimpse.collab.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DriftAlarmTest {
    private static final ExpectedRates EXPECTED = new ExpectedRates(1000, 600, 12);

    @Test
    void auditsThatDisagreeTooOftenRaiseIt() {
        DriftAlarm alarm = new DriftAlarm(EXPECTED);
        Optional<String> reason = Optional.empty();
        int images = 0;
        while (reason.isEmpty() && images < 100) {
            reason = alarm.add(images % 5 < 3, images % 5 == 0 ? Optional.of(images % 10 == 0) : Optional.empty());
            images++;
        }
        assertThat(reason)
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("the server disagrees with ")
                        .endsWith(" audited confident images, at most 4.2 % were expected"));
        assertThat(images).isLessThan(40);
        assertThat(alarm.raised()).isEqualTo(reason);
    }

    @Test
    void aShareOfConfidentImagesThatWasNotExpectedRaisesItWithoutAudits() {
        DriftAlarm alarm = new DriftAlarm(EXPECTED);
        Optional<String> reason = Optional.empty();
        int images = 0;
        while (reason.isEmpty() && images < 200) {
            reason = alarm.add(images++ % 4 == 0, Optional.empty());
        }
        assertThat(reason)
                .hasValueSatisfying(text -> assertThat(text).contains("images are confident, 55.6 to 64.3 %"));
        assertThat(images).isLessThan(60);
    }

    @Test
    void itIsRaisedOnce() {
        DriftAlarm alarm = new DriftAlarm(EXPECTED);
        long reasons = 0;
        for (int i = 0; i < 200; i++) {
            reasons += alarm.add(true, Optional.of(true)).stream().count();
        }
        assertThat(reasons).isOne();
    }

    @Test
    void imagesLikeThoseOfCalibrationRaiseItNoMoreOftenThanPromised() {
        Random random = new Random(5);
        int raised = 0;
        for (int run = 0; run < 400; run++) {
            DriftAlarm alarm = new DriftAlarm(EXPECTED);
            for (int i = 0; i < 1000; i++) {
                boolean confident = random.nextDouble() < 0.6;
                boolean audited = confident && random.nextDouble() < 0.1;
                alarm.add(confident, audited ? Optional.of(random.nextDouble() < 0.02) : Optional.empty());
            }
            raised += alarm.raised().isPresent() ? 1 : 0;
        }
        assertThat(raised).isLessThan((int) (DriftAlarm.FALSE_ALARMS * 400));
    }

    @Test
    void countsThatAreImpossibleAreRefused() {
        assertThatThrownBy(() -> new ExpectedRates(10, 11, 0)).hasMessage("confident is 11, expected 0..10");
        assertThatThrownBy(() -> new ExpectedRates(10, 5, 6)).hasMessage("disagreements is 6, expected 0..5");
    }

    @Test
    void aGateThatLetsNothingPassIsWatchedToo() {
        DriftAlarm alarm = new DriftAlarm(new ExpectedRates(100, 0, 0));
        for (int i = 0; i < 100; i++) {
            alarm.add(false, Optional.empty());
        }
        assertThat(alarm.raised()).isEmpty();
    }
}
