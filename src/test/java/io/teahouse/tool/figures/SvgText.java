package io.teahouse.tool.figures;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** A well-formed SVG, as a test reads it. */
public record SvgText(Document document) {
    /** Fails if it is not well-formed. */
    public static SvgText parse(String svg) throws Exception {
        return new SvgText(DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg))));
    }

    public int count(String element) {
        return document.getElementsByTagName(element).getLength();
    }

    public List<String> texts() {
        NodeList all = document.getElementsByTagName("text");
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < all.getLength(); i++) {
            texts.add(all.item(i).getTextContent());
        }
        return texts;
    }
}
