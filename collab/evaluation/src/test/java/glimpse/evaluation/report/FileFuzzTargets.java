package glimpse.evaluation.report;

import glimpse.evaluation.calibration.Calibration;
import glimpse.evaluation.calibration.CalibrationFile;
import glimpse.evaluation.front.Front;
import glimpse.evaluation.front.FrontFiles;
import glimpse.evaluation.front.FrontTable;
import glimpse.evaluation.front.FrontText;
import glimpse.evaluation.gallery.GalleryFile;
import glimpse.evaluation.gallery.GalleryItem;
import glimpse.evaluation.io.Csv;
import glimpse.evaluation.metrics.ChosenPoint;
import glimpse.evaluation.metrics.LinkRow;
import glimpse.evaluation.metrics.ResultTable;
import glimpse.evaluation.network.Link;
import glimpse.evaluation.network.Links;
import glimpse.evaluation.plan.FileFormat;
import glimpse.evaluation.plan.OperatingPoint;
import glimpse.evaluation.plan.Upload;
import glimpse.evaluation.quality.QualityFiles;
import glimpse.evaluation.quality.Reliability;
import glimpse.evaluation.quality.SpeedFile;
import glimpse.evaluation.table.LinkFiles;
import glimpse.evaluation.table.TableFiles;
import glimpse.fuzz.FuzzTarget;
import glimpse.fuzz.FuzzTargets;
import glimpse.fuzz.Scratch;
import glimpse.fuzz.Texts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The readers of the files from which a report is made, and of the choices that they name. */
public final class FileFuzzTargets implements FuzzTargets {
    private static final String MODELS = """
            [{"model":"a","images":1,"failed":0,"top1":1,"top5":1,"ece":0,"bins":[%s],
            "least_accurate":[],"most_confused":[]}]""".formatted(String.join(
            ",", Collections.nCopies(Reliability.BINS, "{\"images\":1,\"accuracy\":1,\"confidence\":0.5}")));

    /** Makes the list; called by the service loader. */
    public FileFuzzTargets() {}

    @Override
    public List<FuzzTarget> targets() {
        return List.of(
                FuzzTarget.of("csv", FileFuzzTargets::csv),
                FuzzTarget.of("gallery", FileFuzzTargets::gallery, IllegalArgumentException.class),
                FuzzTarget.of("front-json", FileFuzzTargets::front, IllegalArgumentException.class),
                FuzzTarget.of("calibration-json", FileFuzzTargets::calibration, IllegalArgumentException.class),
                FuzzTarget.of("point-json", FileFuzzTargets::point, IllegalArgumentException.class),
                FuzzTarget.of("table-json", FileFuzzTargets::table, IllegalArgumentException.class),
                FuzzTarget.of("links-json", FileFuzzTargets::links, IllegalArgumentException.class),
                FuzzTarget.of(
                        "models-json", input -> quality(QualityFiles.JSON_NAME, input), IllegalArgumentException.class),
                FuzzTarget.of("speed-json", FileFuzzTargets::speed, IllegalArgumentException.class),
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

    private static void front(byte[] input) throws IOException {
        Front front = FrontFiles.read(Scratch.write("front.json", input));
        String again = FrontFiles.json(front);
        Texts.requireEqual(
                front, FrontFiles.read(Scratch.write("front-again.json", again.getBytes(StandardCharsets.UTF_8))));
        FrontHtml.of(front);
        FrontText.lines(front);
        FrontTable.text(front);
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

    private static void table(byte[] input) throws IOException {
        ResultTable table = TableFiles.read(Scratch.write("table.json", input));
        TableFiles.csv(table);
        TableFiles.markdown(table);
        byte[] written = TableFiles.json(table).getBytes(StandardCharsets.UTF_8);
        ResultTable again = TableFiles.read(Scratch.write("table.json", written));
        Texts.requireEqual(TableFiles.json(table), TableFiles.json(again));
    }

    private static void links(byte[] input) throws IOException {
        List<LinkRow> rows = LinkFiles.read(Scratch.write(LinkFiles.JSON_NAME, input));
        if (!rows.isEmpty()) {
            LinkHtml.of(rows, rows.getFirst().point());
        }
    }

    private static void speed(byte[] input) throws IOException {
        Path models = Scratch.write(QualityFiles.JSON_NAME, MODELS.getBytes(StandardCharsets.UTF_8));
        try {
            quality(SpeedFile.NAME, input);
        } finally {
            Files.delete(models);
        }
    }

    /** Reads a run's folder that has this file. */
    private static void quality(String name, byte[] input) throws IOException {
        Path file = Scratch.write(name, input);
        try {
            QualityHtml.of(Objects.requireNonNull(file.getParent()));
        } finally {
            Files.delete(file); // the other target reads it, too
        }
    }
}
