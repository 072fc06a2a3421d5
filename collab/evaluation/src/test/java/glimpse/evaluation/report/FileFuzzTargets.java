package glimpse.evaluation.report;

import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.calibration.CalibrationFile;
import glimpse.evaluation.gallery.GalleryFile;
import glimpse.evaluation.gallery.GalleryItem;
import glimpse.evaluation.io.Csv;
import glimpse.evaluation.metrics.ChosenPoint;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.network.Links;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Scratch;
import glimpse.fuzz.Texts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The readers of the files from which a report is made, and of the choices that they name. */
public final class FileFuzzTargets implements FuzzTargets {
    /** Makes the list; called by the service loader. */
    public FileFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("csv", FileFuzzTargets::csv),
                FuzzTarget.of("gallery", FileFuzzTargets::gallery, IllegalArgumentException.class),
                FuzzTarget.of("calibration-json", FileFuzzTargets::calibration, IllegalArgumentException.class),
                FuzzTarget.of("point-json", FileFuzzTargets::point, IllegalArgumentException.class),
                FuzzTarget.of(
                        "operating-point",
                        Texts.restoring(OperatingPoint::parse, OperatingPoint::spec),
                        IllegalArgumentException.class),
                FuzzTarget.of("upload", Texts.restoring(Upload::parse, Upload::spec), IllegalArgumentException.class),
                FuzzTarget.of(
                        "file-format",
                        Texts.restoring(FileFormat::parse, FileFormat::spec),
                        IllegalArgumentException.class),
                FuzzTarget.of("link", Texts.restoring(Links::ofName, Link::name), IllegalArgumentException.class));
    }

    private static void csv(byte[] input) {
        String text = Texts.of(input);
        int at = 0;
        for (Optional<Csv.ParsedRecord> record = Csv.parse(text, at); record.isPresent(); ) {
            List<String> fields = record.get().fields();
            String line = Csv.line(fields);
            Csv.ParsedRecord again = Csv.parse(line, 0).orElseThrow(() -> new AssertionError("not read back: " + line));
            Texts.requireEqual(fields, again.fields());
            Texts.requireEqual(line.length(), again.end());
            at = record.get().end();
            record = Csv.parse(text, at);
        }
    }

    private static void gallery(byte[] input) throws IOException {
        List<GalleryItem> items = GalleryFile.read(Scratch.write("gallery.json", input));
        Path written = Scratch.file("gallery-again.json");
        GalleryFile.write(items, written);
        Texts.requireEqual(items, GalleryFile.read(written));
        GalleryHtml.of(items);
    }

    private static void calibration(byte[] input) throws IOException {
        Calibration calibration = CalibrationFile.read(Scratch.write("calibration.json", input));
        Path written = Scratch.file("calibration-again.json");
        CalibrationFile.write(written, calibration);
        Texts.requireEqual(calibration, CalibrationFile.read(written));
    }

    private static void point(byte[] input) throws IOException {
        ChosenPoint point = ChosenPoint.read(Scratch.write("point.json", input));
        Path written = Scratch.file("point-again.json");
        point.write(written);
        Texts.requireEqual(point, ChosenPoint.read(written));
    }
}
