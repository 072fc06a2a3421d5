package glimpse.evaluation.listing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import glimpse.evaluation.io.Json;
import glimpse.evaluation.listing.ImageListing.ImageFile;
import glimpse.evaluation.tar.TarEntry;
import glimpse.evaluation.tar.TarException;
import glimpse.evaluation.tar.TarIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The images in one or more tar archives, sorted by name within each. In WebDataset's form each image has a file beside
 * it with its class: {@code a/0001.jpg} and {@code a/0001.cls}, or {@code a/0001.json} with the field label or cls.
 *
 * @param listing the images; of several archives with images outside folders, or in WebDataset's form, the archive's
 *     name is the first folder of an image's name
 * @param classes the text of each image's class; empty if no image has such a file
 */
public record TarImages(ImageListing listing, List<String> classes) {
    private static final int MAX_CLASS_BYTES = 1 << 16;

    /** Copies the list. */
    public TarImages {
        classes = List.copyOf(classes);
    }

    /** An archive's files by name, sorted. */
    private record Archive(Path path, TreeMap<String, TarEntry> files, List<String> links) {}

    /**
     * Lists archives.
     *
     * @param where the name of all of them, for errors
     * @param sidecars whether to read the classes in WebDataset's form
     * @param several whether an archive's name may tell the class of its images, or whose they are
     * @throws DatasetException if one isn't a tar archive, they have no images, or an image lacks a class
     */
    static TarImages of(List<Path> paths, Path where, boolean sidecars, boolean several) throws DatasetException {
        List<Archive> archives = new ArrayList<>();
        for (Path path : paths) {
            archives.add(open(path));
        }
        boolean hasClasses = sidecars && archives.stream().anyMatch(TarImages::hasClass);
        boolean prefixed = several && (hasClasses || archives.stream().anyMatch(TarImages::hasTopImage));
        SkippedFiles skipped = new SkippedFiles();
        List<ImageFile> files = new ArrayList<>();
        List<String> classes = new ArrayList<>();
        for (Archive archive : archives) {
            String prefix = prefixed ? withoutSuffix("" + archive.path().getFileName()) + "/" : "";
            archive.links().stream().filter(ImageListing::isImage).forEach(skipped::link);
            for (TarEntry entry : archive.files().values()) {
                String name = entry.name();
                if (ImageListing.isImage(name)) {
                    files.add(ImageFile.inside(archive.path(), prefix + name, entry.offset(), entry.bytes()));
                    if (hasClasses) {
                        classes.add(classOf(archive, name));
                    }
                } else if (!ImageListing.isHidden(name) && ImageFinder.isUnsupported(name)) {
                    skipped.unsupported(prefix + name, ImageListing.suffix(name));
                } else if (!ImageListing.isHidden(name)
                        && ImageListing.suffix(name).equals("tar")) {
                    skipped.archive(prefix + name);
                }
            }
        }
        requireUnique(files, where);
        Set<String> topFolders = new TreeSet<>(skipped.topFolders());
        files.forEach(file -> topFolders.add(file.topFolder()));
        return new TarImages(ImageListing.of(files, topFolders, skipped.lines(), where), classes);
    }

    private static Archive open(Path path) throws DatasetException {
        try {
            TarIndex index = TarIndex.read(path);
            TreeMap<String, TarEntry> files = new TreeMap<>();
            index.files().forEach(entry -> files.put(entry.name(), entry));
            return new Archive(path, files, index.links());
        } catch (TarException e) {
            throw new DatasetException("" + e.getMessage(), e);
        } catch (IOException e) {
            throw new DatasetException(path + ": can't be read: " + e, e);
        }
    }

    private static void requireUnique(List<ImageFile> files, Path where) throws DatasetException {
        Set<String> names = new HashSet<>();
        for (ImageFile file : files) {
            if (!names.add(file.name())) {
                throw new DatasetException(where + ": several archives have an image " + file.name());
            }
        }
    }

    private static boolean hasTopImage(Archive archive) {
        return archive.files().keySet().stream().anyMatch(name -> name.indexOf('/') < 0 && ImageListing.isImage(name));
    }

    private static boolean hasClass(Archive archive) {
        return archive.files().keySet().stream()
                .anyMatch(name -> ImageListing.isImage(name)
                        && (archive.files().containsKey(key(name) + ".cls")
                                || archive.files().containsKey(key(name) + ".json")));
    }

    private static String classOf(Archive archive, String image) throws DatasetException {
        TarEntry text = archive.files().get(key(image) + ".cls");
        if (text != null) {
            return content(archive, text).strip();
        }
        TarEntry json = archive.files().get(key(image) + ".json");
        if (json == null) {
            throw new DatasetException(archive.path() + ": no class for " + image + ", expected " + key(image)
                    + ".cls or " + key(image) + ".json");
        }
        try {
            JsonNode values = Json.mapper().readTree(content(archive, json));
            JsonNode value = values.has("cls") ? values.path("cls") : values.path("label");
            if (value.isIntegralNumber() || value.isTextual()) {
                return value.asText().strip();
            }
            throw new DatasetException(archive.path() + ": " + json.name()
                    + " has no class, expected a number or a text in the field cls or label");
        } catch (JsonProcessingException e) {
            throw new DatasetException(
                    archive.path() + ": " + json.name() + ": not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String content(Archive archive, TarEntry entry) throws DatasetException {
        if (entry.bytes() > MAX_CLASS_BYTES) {
            throw new DatasetException(archive.path() + ": " + entry.name() + " has " + entry.bytes()
                    + " bytes, expected at most " + MAX_CLASS_BYTES);
        }
        try {
            byte[] content = TarIndex.content(archive.path(), entry.offset(), (int) entry.bytes());
            return new String(content, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new DatasetException(archive.path() + ": " + entry.name() + " can't be read: " + e.getMessage(), e);
        }
    }

    /** Returns the part of a name that the files of one sample share: up to the first dot of the file's name. */
    private static String key(String name) {
        int dot = name.indexOf('.', name.lastIndexOf('/') + 1);
        return dot < 0 ? name : name.substring(0, dot);
    }

    private static String withoutSuffix(String name) {
        return name.endsWith(".tar") ? name.substring(0, name.length() - 4) : name;
    }
}
