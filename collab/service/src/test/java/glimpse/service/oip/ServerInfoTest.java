package glimpse.service.oip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ServerInfoTest {
    @Test
    void theVersionIsThatOfTheBuild() throws IOException {
        assertThat(ServerInfo.version()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(Files.readString(Path.of("pom.xml"))).contains("<version>" + ServerInfo.version() + "</version>");
    }
}
