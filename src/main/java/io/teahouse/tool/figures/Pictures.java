package io.teahouse.tool.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of the plots, beside the page. */
record Pictures(Path folder) {
    /** Writes a plot; returns the Markdown that shows it. */
    String add(String name, String title, String svg) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(name + ".svg"), svg);
        return "![" + title + "](" + folder.getFileName() + "/" + name + ".svg)\n";
    }
}
