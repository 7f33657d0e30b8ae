<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name>ClosingQuestion</name>
    <message>
        <source>It is not kept in a library. Closing cancels it; no frame is whole yet.</source>
        <translation>Er wird in keiner Bibliothek behalten. Schließen bricht ihn ab; noch ist kein Bild vollständig.</translation>
    </message>
    <message>
        <source>It is not kept in a library. Closing cancels it and loses what it has made: %1 of %2.</source>
        <translation>Er wird in keiner Bibliothek behalten. Schließen bricht ihn ab, und was er erzeugt hat, geht verloren: %1 von %2.</translation>
    </message>
    <message>
        <source>Close FastCar Studio</source>
        <translation>FastCar Studio schließen</translation>
    </message>
    <message>
        <source>&lt;b&gt;A run is going on.&lt;/b&gt;</source>
        <translation>&lt;b&gt;Ein Lauf ist im Gang.&lt;/b&gt;</translation>
    </message>
    <message>
        <source>Cancel the run and close</source>
        <translation>Lauf abbrechen und schließen</translation>
    </message>
    <message>
        <source>Let it go on</source>
        <translation>Weiterlaufen lassen</translation>
    </message>
</context>
<context>
    <name>ContactSheet</name>
    <message>
        <source>seed %1, %2 frames</source>
        <translation>Startwert %1, %2 Bilder</translation>
    </message>
    <message>
        <source>, %1 % replayed</source>
        <translation>, %1 % Replay</translation>
    </message>
    <message>
        <source>, dense</source>
        <translation>, dicht</translation>
    </message>
</context>
<context>
    <name>DateWords</name>
    <message>
        <source>Today, %1</source>
        <translation>Heute, %1</translation>
    </message>
    <message>
        <source>Yesterday, %1</source>
        <translation>Gestern, %1</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
</context>
<context>
    <name>DecisionTimeline</name>
    <message>
        <source>frame</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
</context>
<context>
    <name>DecisionWords</name>
    <message>
        <source>no threshold</source>
        <translation>keine Schwelle</translation>
    </message>
    <message>
        <source>threshold: all replay</source>
        <translation>Schwelle: alles Replay</translation>
    </message>
    <message>
        <source>τ %1</source>
        <translation>τ %1</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>berechnet</translation>
    </message>
    <message>
        <source>computed: replay is off at this layer</source>
        <translation>berechnet: Replay ist in dieser Schicht aus</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>not eligible</source>
        <translation>nicht zulässig</translation>
    </message>
    <message>
        <source>replayed, %1 frames on end</source>
        <translation>Replay, %1 Bilder in Folge</translation>
    </message>
    <message>
        <source>replayed</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>frame %1, position %2 (row %3, column %4)</source>
        <translation>Bild %1, Position %2 (Zeile %3, Spalte %4)</translation>
    </message>
    <message>
        <source>layer %1, %2</source>
        <translation>Schicht %1, %2</translation>
    </message>
    <message>
        <source>step %1: %2</source>
        <translation>Schritt %1: %2</translation>
    </message>
    <message>
        <source>not drawn yet</source>
        <translation>noch nicht gezogen</translation>
    </message>
    <message>
        <source>the last token needs no step</source>
        <translation>das letzte Token braucht keinen Schritt</translation>
    </message>
    <message>
        <source>its step comes next</source>
        <translation>sein Schritt kommt als nächster</translation>
    </message>
    <message>
        <source>TAS: none, there is no earlier frame</source>
        <translation>TAS: keine, es gibt kein früheres Bild</translation>
    </message>
    <message>
        <source>TAS %1, %2</source>
        <translation>TAS %1, %2</translation>
    </message>
    <message>
        <source>output of frame %1</source>
        <translation>Ausgabe von Bild %1</translation>
    </message>
    <message>
        <source>steps %1 to %2: from %3</source>
        <translation>Schritte %1 bis %2: ab %3</translation>
    </message>
    <message>
        <source>computed: none of them was eligible</source>
        <translation>berechnet: keine davon war zulässig</translation>
    </message>
    <message>
        <source>%1 of %2 eligible replayed</source>
        <translation>%1 von %2 zulässigen mit Replay</translation>
    </message>
    <message>
        <source>the longest chain: %1 frames on end</source>
        <translation>die längste Kette: %1 Bilder in Folge</translation>
    </message>
    <message>
        <source>TAS %1 to %2</source>
        <translation>TAS %1 bis %2</translation>
    </message>
    <message>
        <source>computed: frame 1 has no earlier frame</source>
        <translation>berechnet: Bild 1 hat kein früheres Bild</translation>
    </message>
</context>
<context>
    <name>EngineWords</name>
    <message>
        <source>There is no file %1; is this the root folder of a VILA-U checkpoint, with llm, mm_projector and vision_tower in it?</source>
        <translation>Es gibt keine Datei %1. Ist das der oberste Ordner eines VILA-U-Checkpoints, mit llm, mm_projector und vision_tower darin?</translation>
    </message>
    <message>
        <source>There is no folder %1; a checkpoint is a folder with config.json, llm, mm_projector and vision_tower in it.</source>
        <translation>Es gibt keinen Ordner %1. Ein Checkpoint ist ein Ordner mit config.json, llm, mm_projector und vision_tower darin.</translation>
    </message>
    <message>
        <source>There is no folder %1; a VILA-U checkpoint has llm, mm_projector and vision_tower.</source>
        <translation>Es gibt keinen Ordner %1. Ein VILA-U-Checkpoint hat llm, mm_projector und vision_tower.</translation>
    </message>
    <message>
        <source>There is neither %1 nor an object %2 in %3.</source>
        <translation>Es gibt weder %1 noch ein Objekt %2 in %3.</translation>
    </message>
    <message>
        <source>%1 holds neither %2 nor %3. Weights in other formats (pytorch_model.bin) must be saved as safetensors first.</source>
        <translation>%1 enthält weder %2 noch %3. Gewichte in anderen Formaten (pytorch_model.bin) müssen zuerst als safetensors gespeichert werden.</translation>
    </message>
    <message>
        <source>There is no file %1; it holds the model&apos;s vocabulary.</source>
        <translation>Es gibt keine Datei %1. Sie enthält das Vokabular des Modells.</translation>
    </message>
    <message>
        <source>%1 has %2 bytes; a safetensors file begins with 8 bytes of header length.</source>
        <translation>%1 hat %2 Bytes; eine safetensors-Datei beginnt mit 8 Bytes für die Länge ihres Kopfes.</translation>
    </message>
    <message>
        <source>%1: tensor %2 ends at byte %3 of the data, of which the file holds %4. Is it cut short?</source>
        <translation>%1: Der Tensor %2 endet bei Byte %3 der Daten, von denen die Datei %4 enthält. Ist sie abgeschnitten?</translation>
    </message>
    <message>
        <source>%1 is not valid JSON.</source>
        <translation>%1 ist kein gültiges JSON.</translation>
    </message>
    <message>
        <source>%1 is not a SentencePiece model, or is cut short.</source>
        <translation>%1 ist kein SentencePiece-Modell, oder es ist abgeschnitten.</translation>
    </message>
    <message>
        <source>The tokenizer in %1 has %2 pieces, but the model embeds only %3: they do not belong together.</source>
        <translation>Der Tokenizer in %1 hat %2 Stücke, das Modell kennt aber nur %3: Sie gehören nicht zusammen.</translation>
    </message>
    <message>
        <source>The device &quot;%1&quot; cannot be used: %2 Usable here: %3.</source>
        <translation>Das Gerät „%1“ lässt sich nicht benutzen: %2 Hier benutzbar: %3.</translation>
    </message>
    <message>
        <source>There is no device &quot;%1&quot;. Usable here: %2; known but not usable in this version: %3.</source>
        <translation>Es gibt kein Gerät „%1“. Hier benutzbar: %2; bekannt, aber in dieser Version nicht benutzbar: %3.</translation>
    </message>
    <message>
        <source>The model in %1 is stored in %2, which the device &quot;%3&quot; cannot use: run it on &quot;cpu&quot;, which takes weights as they are stored.</source>
        <translation>Das Modell in %1 ist in %2 gespeichert, womit das Gerät „%3“ nichts anfangen kann: „cpu“ nimmt Gewichte, wie sie gespeichert sind.</translation>
    </message>
    <message>
        <source>This generation needs %1 for the attention cache (%2 rows of %3 positions) and %4 for the MLP cache, but only %5 of memory are available: use fewer frames or fewer videos at a time.</source>
        <translation>Dieser Lauf braucht %1 für den Attention-Cache (%2 Zeilen zu %3 Positionen) und %4 für den MLP-Cache, es sind aber nur %5 Speicher frei: Nehmen Sie weniger Bilder oder weniger Videos auf einmal.</translation>
    </message>
    <message>
        <source>The system refused the memory for the attention cache (%1) and the MLP cache (%2): use fewer frames or fewer videos at a time.</source>
        <translation>Das System gab den Speicher für den Attention-Cache (%1) und den MLP-Cache (%2) nicht her: Nehmen Sie weniger Bilder oder weniger Videos auf einmal.</translation>
    </message>
    <message>
        <source>The modelled card needs %1 for its caches (%2 rows of %3 positions), but only %4 of memory are available: use fewer frames or fewer videos at a time.</source>
        <translation>Die modellierte Karte braucht %1 für ihre Caches (%2 Zeilen zu %3 Positionen), es sind aber nur %4 Speicher frei: Nehmen Sie weniger Bilder oder weniger Videos auf einmal.</translation>
    </message>
    <message>
        <source>Decoding on a graphics card is not part of this version.</source>
        <translation>Das Erzeugen auf einer Grafikkarte gehört nicht zu dieser Version.</translation>
    </message>
    <message>
        <source>Decoding on an accelerator card is not part of this version.</source>
        <translation>Das Erzeugen auf einer Beschleunigerkarte gehört nicht zu dieser Version.</translation>
    </message>
    <message>
        <source>The emulated accelerator is not part of this version.</source>
        <translation>Der emulierte Beschleuniger gehört nicht zu dieser Version.</translation>
    </message>
    <message>
        <source>The modelled accelerator is not part of this version.</source>
        <translation>Der modellierte Beschleuniger gehört nicht zu dieser Version.</translation>
    </message>
    <message>
        <source>This machine has no card that XRT&apos;s driver (xocl) knows.</source>
        <translation>Dieser Rechner hat keine Karte, die der Treiber von XRT (xocl) kennt.</translation>
    </message>
    <message>
        <source>It was not built: that takes verilator and libxrt-dev.</source>
        <translation>Er wurde nicht gebaut: Das braucht verilator und libxrt-dev.</translation>
    </message>
    <message>
        <source>a graphics card through Vulkan</source>
        <translation>eine Grafikkarte über Vulkan</translation>
    </message>
    <message>
        <source>an accelerator card through XRT</source>
        <translation>eine Beschleunigerkarte über XRT</translation>
    </message>
    <message>
        <source>the accelerator&apos;s circuit, simulated cycle by cycle behind XRT</source>
        <translation>die Schaltung des Beschleunigers, hinter XRT Takt für Takt simuliert</translation>
    </message>
    <message>
        <source>the accelerator&apos;s circuit, simulated cycle by cycle</source>
        <translation>die Schaltung des Beschleunigers, Takt für Takt simuliert</translation>
    </message>
    <message>
        <source>the accelerator&apos;s arithmetic, bit for bit, in software</source>
        <translation>die Arithmetik des Beschleunigers, Bit für Bit, in Software</translation>
    </message>
    <message>
        <source>the accelerator&apos;s arithmetic and cycle model in software</source>
        <translation>Arithmetik und Taktmodell des Beschleunigers in Software</translation>
    </message>
    <message>
        <source>%1, weights as they are stored</source>
        <translation>%1, Gewichte wie gespeichert</translation>
    </message>
    <message>
        <source>%1, weights as they are stored, keys and values in f16</source>
        <translation>%1, Gewichte wie gespeichert, Schlüssel und Werte in f16</translation>
    </message>
    <message>
        <source>%1, weights, keys and values in 8 bits</source>
        <translation>%1, Gewichte, Schlüssel und Werte in 8 Bit</translation>
    </message>
    <message>
        <source>%1, weights in 4 bits, keys and values in 8</source>
        <translation>%1, Gewichte in 4 Bit, Schlüssel und Werte in 8</translation>
    </message>
    <message>
        <source>%1 core, %2</source>
        <translation>%1 Kern, %2</translation>
    </message>
    <message>
        <source>%1 cores, %2</source>
        <translation>%1 Kerne, %2</translation>
    </message>
    <message>
        <source>The prompt contains %1, which the model would read as a command and not as text. Remove it or write it differently.</source>
        <translation>Der Prompt enthält %1, was das Modell als Befehl läse und nicht als Text. Lassen Sie es weg, oder schreiben Sie es anders.</translation>
    </message>
    <message>
        <source>The model has %1 positions: behind a prompt of %2 tokens they hold at most %3 frames of %4 tokens, but %5 were asked for. Ask for fewer frames.</source>
        <translation>Das Modell hat %1 Positionen: Hinter einem Prompt von %2 Token fassen sie höchstens %3 Bilder zu %4 Token, verlangt waren aber %5. Nehmen Sie weniger Bilder.</translation>
    </message>
    <message>
        <source>The model has %1 positions: a prompt of %2 tokens leaves no room for a frame of %3. Shorten the prompt.</source>
        <translation>Das Modell hat %1 Positionen: Ein Prompt von %2 Token lässt keinen Platz für ein Bild von %3. Kürzen Sie den Prompt.</translation>
    </message>
    <message>
        <source>The model has %1 layers, but %2 TAS thresholds were given. Give one for each layer, or a single one for all.</source>
        <translation>Das Modell hat %1 Schichten, es sind aber %2 TAS-Schwellen. Es muss eine für jede Schicht sein oder eine einzige für alle.</translation>
    </message>
    <message>
        <source>The model has %1 layers, but replay is limited to layers %2, counted from 1.</source>
        <translation>Das Modell hat %1 Schichten, Replay ist aber auf die Schichten %2 beschränkt, gezählt von 1 an.</translation>
    </message>
    <message>
        <source>Replay is limited to frames %1, but the video has only %2.</source>
        <translation>Replay ist auf die Bilder %1 beschränkt, das Video hat aber nur %2.</translation>
    </message>
    <message>
        <source>The replay threshold &quot;%1&quot; is not understood: expected a number, &quot;none&quot;, &quot;inf&quot; or &quot;-inf&quot;.</source>
        <translation>Die Replay-Schwelle „%1“ ist nicht zu verstehen: erwartet wird eine Zahl, „none“, „inf“ oder „-inf“.</translation>
    </message>
    <message>
        <source>The list of replay thresholds has %1 entries, but the model has %2 layers: give one value for all of them, or one for each.</source>
        <translation>Die Liste der Replay-Schwellen hat %1 Einträge, das Modell aber %2 Schichten: Es muss ein Wert für alle sein oder einer für jede.</translation>
    </message>
    <message>
        <source>A video this short has too few steps to be timed on a card.</source>
        <translation>Ein so kurzes Video hat zu wenige Schritte, um es für eine Karte zu rechnen.</translation>
    </message>
    <message>
        <source>This build has no cycle model of a card.</source>
        <translation>Diese Programmfassung hat kein Taktmodell einer Karte.</translation>
    </message>
    <message>
        <source>Cannot write &apos;%1&apos;: %2. Make room on the disk, or choose another folder.</source>
        <translation>„%1“ lässt sich nicht schreiben: %2. Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Cannot write to the folder &apos;%1&apos;: %2.</source>
        <translation>In den Ordner „%1“ lässt sich nicht schreiben: %2.</translation>
    </message>
    <message>
        <source>Cannot write &apos;%1&apos;: %2.</source>
        <translation>„%1“ lässt sich nicht schreiben: %2.</translation>
    </message>
    <message>
        <source>Cannot make the folder &apos;%1&apos;: %2.</source>
        <translation>Der Ordner „%1“ lässt sich nicht anlegen: %2.</translation>
    </message>
    <message>
        <source>Cannot read &apos;%1&apos;: %2.</source>
        <translation>„%1“ lässt sich nicht lesen: %2.</translation>
    </message>
    <message>
        <source>Cannot read %1; may this user read it?</source>
        <translation>%1 lässt sich nicht lesen. Darf dieser Benutzer das?</translation>
    </message>
    <message>
        <source>Cannot open %1: %2.</source>
        <translation>%1 lässt sich nicht öffnen: %2.</translation>
    </message>
    <message>
        <source>There is no folder &apos;%1&apos; for &apos;%2&apos;; create it first.</source>
        <translation>Es gibt keinen Ordner „%1“ für „%2“. Legen Sie ihn zuerst an.</translation>
    </message>
    <message>
        <source>There is no library of runs in &apos;%1&apos;.</source>
        <translation>In „%1“ gibt es keine Bibliothek von Läufen.</translation>
    </message>
    <message>
        <source>There is no file &apos;%1&apos;.</source>
        <translation>Es gibt keine Datei „%1“.</translation>
    </message>
    <message>
        <source>There is no file %1.</source>
        <translation>Es gibt keine Datei %1.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is a folder; give the name of a file in it.</source>
        <translation>„%1“ ist ein Ordner. Geben Sie den Namen einer Datei darin an.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is not a file.</source>
        <translation>„%1“ ist keine Datei.</translation>
    </message>
    <message>
        <source>%1 is not a regular file.</source>
        <translation>%1 ist keine gewöhnliche Datei.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; holds no video.</source>
        <translation>„%1“ enthält kein Video.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; holds no picture that can be decoded.</source>
        <translation>„%1“ enthält kein Bild, das sich decodieren lässt.</translation>
    </message>
    <message>
        <source>Invalid data found when processing input</source>
        <translation>ungültige Daten</translation>
    </message>
    <message>
        <source>Permission denied</source>
        <translation>keine Berechtigung</translation>
    </message>
    <message>
        <source>No space left on device</source>
        <translation>kein Platz mehr auf dem Datenträger</translation>
    </message>
    <message>
        <source>Read-only file system</source>
        <translation>das Dateisystem lässt nur Lesen zu</translation>
    </message>
    <message>
        <source>The file name &apos;%1&apos; has no ending; a video can be written as %2.</source>
        <translation>Der Dateiname „%1“ hat keine Endung; ein Video lässt sich schreiben als %2.</translation>
    </message>
    <message>
        <source>The file name &apos;%1&apos; has the unknown ending &apos;%2&apos;; a video can be written as %3.</source>
        <translation>Der Dateiname „%1“ hat die unbekannte Endung „%2“; ein Video lässt sich schreiben als %3.</translation>
    </message>
    <message>
        <source>A %1 file needs the encoder %2, which this system&apos;s libavcodec was built without; it can write %3.</source>
        <translation>Eine %1-Datei braucht den Encoder %2, ohne den die libavcodec dieses Systems gebaut wurde; sie kann %3 schreiben.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; would be %2 by %3 pixels; no side may be longer than %4. Enlarge it less, or make a strip of fewer frames.</source>
        <translation>„%1“ hätte %2 mal %3 Pixel; keine Seite darf länger sein als %4. Vergrößern Sie weniger, oder nehmen Sie weniger Bilder in den Streifen.</translation>
    </message>
    <message>
        <source>The trace has version %1 of the format; this program reads version %2.</source>
        <translation>Der Trace hat Version %1 des Formats; dieses Programm liest Version %2.</translation>
    </message>
    <message>
        <source>The trace&apos;s header does not start with &quot;fctrace&quot;: this is no trace.</source>
        <translation>Der Kopf des Trace beginnt nicht mit „fctrace“: Das ist kein Trace.</translation>
    </message>
    <message>
        <source>The trace&apos;s header is cut off or damaged.</source>
        <translation>Der Kopf des Trace ist abgeschnitten oder beschädigt.</translation>
    </message>
    <message>
        <source>The pictures have sizes that cannot be brought together: A has %1 pixels and B %2.</source>
        <translation>Die Größen der Bilder passen nicht zueinander: A hat %1 Pixel und B %2.</translation>
    </message>
    <message>
        <source>The pictures of %1 are enlarged %2 times; the mean of each square is compared.</source>
        <translation>Die Bilder von %1 sind %2-fach vergrößert; verglichen wird das Mittel jedes Quadrats.</translation>
    </message>
    <message>
        <source>The pictures of &apos;%1&apos; were made from its codes.</source>
        <translation>Die Bilder von „%1“ sind aus seinen Codes gemacht.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; has no pictures, and none could be made from its codes: %2</source>
        <translation>„%1“ hat keine Bilder, und aus den Codes ließen sich keine machen: %2</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is long: only its first %2 frames were read.</source>
        <translation>„%1“ ist lang: Nur die ersten %2 Bilder wurden gelesen.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is a contact sheet: one picture of many frames.</source>
        <translation>„%1“ ist ein Kontaktbogen: ein Bild aus vielen.</translation>
    </message>
    <message>
        <source>The pictures of &apos;%1&apos; were exported with an overlay, which is part of every figure.</source>
        <translation>Die Bilder von „%1“ wurden mit einem Overlay exportiert; es steckt in jeder Zahl.</translation>
    </message>
    <message>
        <source>The settings in &apos;%1&apos; cannot be read: %2</source>
        <translation>Die Einstellungen in „%1“ lassen sich nicht lesen: %2</translation>
    </message>
    <message>
        <source>&apos;%1&apos;, beside &apos;%2&apos;, is passed over: %3</source>
        <translation>„%1“ neben „%2“ bleibt unbeachtet: %3</translation>
    </message>
    <message>
        <source>it is of another run, by the settings in the video.</source>
        <translation>Es gehört nach den Einstellungen im Video zu einem anderen Lauf.</translation>
    </message>
    <message>
        <source>The traces are of models of different shapes: %1, and %2.</source>
        <translation>Die Traces sind von Modellen verschiedener Form: %1 und %2.</translation>
    </message>
    <message>
        <source>The codes are of the model with the digest %1; &apos;%2&apos; has %3.</source>
        <translation>Die Codes sind vom Modell mit der Prüfsumme %1; „%2“ hat %3.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; and &apos;%2&apos; have nothing in common that could be compared. %3</source>
        <translation>„%1“ und „%2“ haben nichts gemeinsam, was sich vergleichen ließe. %3</translation>
    </message>
    <message>
        <source>&apos;%1&apos; and &apos;%2&apos; have nothing in common that could be compared.</source>
        <translation>„%1“ und „%2“ haben nichts gemeinsam, was sich vergleichen ließe.</translation>
    </message>
    <message>
        <source>&apos;%1&apos;: %2</source>
        <translation>„%1“: %2</translation>
    </message>
    <message>
        <source>%1 announces a header of %2 bytes; the file has %3 and the format allows %4. Is it cut short, or another kind of file?</source>
        <translation>%1 kündigt einen Kopf von %2 Bytes an; die Datei hat %3, und das Format erlaubt %4. Ist sie abgeschnitten oder eine andere Art von Datei?</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is no video or picture that can be read: %2.</source>
        <translation>„%1“ ist kein Video oder Bild, das sich lesen lässt: %2.</translation>
    </message>
    <message>
        <source>The guidance scale (cfg) must be from 0 to 100, where 1 means no guidance, but is %1.</source>
        <translation>Die Stärke der Guidance (cfg) muss zwischen 0 und 100 liegen, wobei 1 keine Guidance bedeutet; sie ist %1.</translation>
    </message>
    <message>
        <source>The run cannot go on: %1 It has kept that from an older version, which took it. What there is of the run can still be looked at and exported; to have all of it, make it anew with its prompt and seed and another value.</source>
        <translation>Der Lauf kann nicht fortgesetzt werden: %1 Er hat das aus einer älteren Version, die es annahm. Was es von dem Lauf gibt, lässt sich weiter ansehen und exportieren; um ihn ganz zu haben, erzeugen Sie ihn mit seinem Prompt und Startwert und einem anderen Wert neu.</translation>
    </message>
    <message>
        <source>&apos;%1&apos; is damaged behind token %2: what stands behind it is left out.</source>
        <translation>&apos;%1&apos; ist hinter Token %2 beschädigt: Was dahinter steht, bleibt außer Acht.</translation>
    </message>
    <message>
        <source>Emulated card</source>
        <translation>Emulierte Karte</translation>
    </message>
</context>
<context>
    <name>ExportWriter</name>
    <message>
        <source>%1 × %2 pixels</source>
        <translation>%1 × %2 Pixel</translation>
    </message>
    <message>
        <source>%1, %2 frames, %3 s</source>
        <translation>%1, %2 Bilder, %3 s</translation>
    </message>
    <message>
        <source>, in a loop</source>
        <translation>, in Schleife</translation>
    </message>
    <message>
        <source>, %1 times</source>
        <translation>, %1-mal</translation>
    </message>
    <message>
        <source>%1 tokens of %2 codes, %3 steps of %4 layers and %5 rows</source>
        <translation>%1 Token zu %2 Codes, %3 Schritte mit %4 Schichten und %5 Zeilen</translation>
    </message>
    <message>
        <source>The run has no whole frame yet.</source>
        <translation>Der Lauf hat noch kein vollständiges Bild.</translation>
    </message>
    <message>
        <source>%1, %2 files</source>
        <translation>%1, %2 Dateien</translation>
    </message>
    <message>
        <source>%1 of %2 frames</source>
        <translation>%1 von %2 Bildern</translation>
    </message>
    <message>
        <source>%1, 1 file</source>
        <translation>%1, 1 Datei</translation>
    </message>
</context>
<context>
    <name>FrameSeries</name>
    <message>
        <source>Drift</source>
        <translation>Drift</translation>
    </message>
    <message>
        <source>PSNR</source>
        <translation>PSNR</translation>
    </message>
    <message>
        <source>SSIM</source>
        <translation>SSIM</translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation>Flimmern</translation>
    </message>
    <message>
        <source>Equal codes</source>
        <translation>Gleiche Codes</translation>
    </message>
    <message>
        <source>of 255</source>
        <translation>von 255</translation>
    </message>
    <message>
        <source>dB</source>
        <translation>dB</translation>
    </message>
    <message>
        <source>%</source>
        <translation>%</translation>
    </message>
    <message>
        <source>The mean absolute difference of the pixels, in levels of 0 to 255.</source>
        <translation>Der mittlere absolute Unterschied der Pixel, in Stufen von 0 bis 255.</translation>
    </message>
    <message>
        <source>The peak signal to noise ratio over RGB, in dB; a frame that is equal has none.</source>
        <translation>Der Spitzen-Rauschabstand (PSNR) über RGB, in dB; ein gleiches Bild hat keinen.</translation>
    </message>
    <message>
        <source>The structural similarity of the luma; 1 for equal frames.</source>
        <translation>Die strukturelle Ähnlichkeit (SSIM) der Helligkeit; 1 bei gleichen Bildern.</translation>
    </message>
    <message>
        <source>How much a video changes from the frame before, in levels of 0 to 255: A&apos;s as a line, B&apos;s as bars.</source>
        <translation>Wie stark sich ein Video gegenüber dem Bild davor ändert, in Stufen von 0 bis 255: A als Linie, B als Balken.</translation>
    </message>
    <message>
        <source>The share of codes that are equal.</source>
        <translation>Der Anteil der gleichen Codes.</translation>
    </message>
</context>
<context>
    <name>Gantt</name>
    <message>
        <source>%1 cycles, %2; from cycle %3, %4</source>
        <translation>%1 Takte, %2; ab Takt %3, %4</translation>
    </message>
    <message>
        <source>Core %1</source>
        <translation>Kern %1</translation>
    </message>
    <message>
        <source>Port %1</source>
        <translation>Port %1</translation>
    </message>
    <message>
        <source>Attention %1</source>
        <translation>Attention %1</translation>
    </message>
    <message>
        <source>Vector unit</source>
        <translation>Vektoreinheit</translation>
    </message>
    <message>
        <source>Heads, gate</source>
        <translation>Köpfe, Gate</translation>
    </message>
    <message>
        <source>Cores</source>
        <translation>Kerne</translation>
    </message>
    <message>
        <source>Ports</source>
        <translation>Ports</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>norm</source>
        <translation>Norm</translation>
    </message>
    <message>
        <source>q k v</source>
        <translation>q k v</translation>
    </message>
    <message>
        <source>heads</source>
        <translation>Köpfe</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>gate</source>
        <translation>Gate</translation>
    </message>
    <message>
        <source>output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>MLP gate, up</source>
        <translation>MLP-Gate, auf</translation>
    </message>
    <message>
        <source>SiLU</source>
        <translation>SiLU</translation>
    </message>
    <message>
        <source>MLP down</source>
        <translation>MLP ab</translation>
    </message>
    <message>
        <source>add</source>
        <translation>Addition</translation>
    </message>
    <message>
        <source>replay</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>final norm</source>
        <translation>Schlussnorm</translation>
    </message>
    <message>
        <source>load</source>
        <translation>Laden</translation>
    </message>
    <message>
        <source>Static</source>
        <translation>Statisch</translation>
    </message>
    <message>
        <source>Deal</source>
        <translation>Austeilen</translation>
    </message>
    <message>
        <source>Split</source>
        <translation>Aufteilen</translation>
    </message>
    <message>
        <source>DRS off: a row&apos;s core is fixed, and idles where its row replays</source>
        <translation>DRS aus: der Kern einer Zeile steht fest und ruht, wo ihre Zeile Replay macht</translation>
    </message>
    <message>
        <source>rows that compute are dealt over the cores (the paper&apos;s DRS)</source>
        <translation>Zeilen, die rechnen, werden an die Kerne ausgeteilt (das DRS des Papers)</translation>
    </message>
    <message>
        <source>the outputs of rows that compute are divided over all cores</source>
        <translation>die Ausgaben der rechnenden Zeilen werden auf alle Kerne aufgeteilt</translation>
    </message>
    <message>
        <source>%1 and %2 in turn</source>
        <translation>%1 und %2 abwechselnd</translation>
    </message>
    <message>
        <source>layer %1, %2</source>
        <translation>Schicht %1, %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: free</source>
        <translation>%1: frei</translation>
    </message>
    <message>
        <source>layer %1: the MLP of %2 is replayed</source>
        <translation>Schicht %1: MLP mit Replay, %2</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;%1&lt;/b&gt;&lt;/p&gt;&lt;p&gt;%2 cores of %3 int8 multiply-adds a cycle, %4 memory ports, %5 MHz, up to %6 rows.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;%1&lt;/b&gt;&lt;/p&gt;&lt;p&gt;%2 Kerne mit %3 int8-Multiply-Adds je Takt, %4 Speicherports, %5 MHz, bis zu %6 Zeilen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;Assumed, measured by nobody:&lt;/p&gt;&lt;ul&gt;</source>
        <translation>&lt;p&gt;Angenommen, von niemandem gemessen:&lt;/p&gt;&lt;ul&gt;</translation>
    </message>
</context>
<context>
    <name>GanttPainter</name>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>replay saves %1</source>
        <translation>Replay spart %1</translation>
    </message>
    <message>
        <source>cycles</source>
        <translation>Takte</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>%1 cycles, %2</source>
        <translation>%1 Takte, %2</translation>
    </message>
    <message>
        <source>row %1…</source>
        <translation>Zeile %1…</translation>
    </message>
    <message>
        <source>left free by replay</source>
        <translation>durch Replay frei</translation>
    </message>
    <message>
        <source>bright: MLP, dim: the rest</source>
        <translation>hell: MLP, matt: der Rest</translation>
    </message>
</context>
<context>
    <name>Heatmap</name>
    <message>
        <source>both computed</source>
        <translation>beide berechnet</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>berechnet</translation>
    </message>
    <message>
        <source>both replayed</source>
        <translation>beide Replay</translation>
    </message>
    <message>
        <source>replayed</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>conditional row alone replayed</source>
        <translation>nur die bedingte Zeile Replay</translation>
    </message>
    <message>
        <source>unconditional row alone replayed</source>
        <translation>nur die unbedingte Zeile Replay</translation>
    </message>
    <message>
        <source>%1 frames more</source>
        <translation>%1 Bilder mehr</translation>
    </message>
    <message>
        <source>replayed, %1 frames on end</source>
        <translation>Replay, %1 Bilder in Folge</translation>
    </message>
    <message>
        <source>Layers of a frame</source>
        <translation>Schichten eines Bildes</translation>
    </message>
    <message>
        <source>Frames of a layer</source>
        <translation>Bilder einer Schicht</translation>
    </message>
    <message>
        <source>A position over time</source>
        <translation>Eine Position im Verlauf</translation>
    </message>
    <message>
        <source>&lt;p&gt;All layers at all positions of the chosen frame, in raster order.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Alle Schichten an allen Positionen des gewählten Bildes, in Rasterfolge.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;All frames at the chosen layer, each as a map of its positions.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Alle Bilder in der gewählten Schicht, jedes als Karte seiner Positionen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;All layers at the chosen position, frame by frame.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Alle Schichten an der gewählten Position, Bild für Bild.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>TAS</source>
        <translation>TAS</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Chain</source>
        <translation>Kette</translation>
    </message>
    <message>
        <source>Layers replayed</source>
        <translation>Schichten mit Replay</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;TAS&lt;/b&gt;, the Temporal Attention Score: the mean over heads of q·k / √d with the key of the same position one frame earlier. It has no unit.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;TAS&lt;/b&gt;, der Temporal Attention Score: der Mittelwert über die Köpfe von q·k / √d mit dem Key derselben Position ein Bild früher. Er hat keine Einheit.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;Whether the MLP was replayed or computed.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Ob das MLP Replay war oder berechnet wurde.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;How many frames on end the MLP&apos;s output has been replayed by now: how old it is.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Seit wie vielen Bildern in Folge die Ausgabe des MLP wiederverwendet wird: wie alt sie ist.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;The share of all layers whose MLP was replayed for the token. Of the frames of a layer only.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Der Anteil aller Schichten, deren MLP für das Token Replay war. Nur bei den Bildern einer Schicht.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Frame %1</source>
        <translation>Bild %1</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>Alle Schichten</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>Position %1 (row %2, column %3)</source>
        <translation>Position %1 (Zeile %2, Spalte %3)</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>folgt noch</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>not eligible</source>
        <translation>nicht zulässig</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>conditional less unconditional row</source>
        <translation>bedingte minus unbedingte Zeile</translation>
    </message>
    <message>
        <source>All layers, %1</source>
        <translation>Alle Schichten, %1</translation>
    </message>
    <message>
        <source>Layer %1, %2</source>
        <translation>Schicht %1, %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Nothing has run yet</source>
        <translation>Noch kein Lauf</translation>
    </message>
    <message>
        <source>Generate a video: its scores and decisions appear here as they are made.</source>
        <translation>Erzeugen Sie ein Video: Seine TAS-Werte und Entscheidungen erscheinen hier, während sie entstehen.</translation>
    </message>
    <message>
        <source>No position is chosen</source>
        <translation>Keine Position gewählt</translation>
    </message>
    <message>
        <source>Click a position in the video, in the timeline or in another heatmap, and it is shown here at all layers, frame by frame.</source>
        <translation>Klicken Sie eine Position im Video, in der Zeitleiste oder in einer anderen Heatmap an; hier erscheint sie dann in allen Schichten, Bild für Bild.</translation>
    </message>
    <message>
        <source>Heads of a token</source>
        <translation>Köpfe eines Tokens</translation>
    </message>
    <message>
        <source>&lt;p&gt;The scores of the chosen token head by head; their mean over a layer&apos;s heads is its TAS. A run has them if they were asked for before it began.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Die Werte des gewählten Tokens Kopf für Kopf; ihr Mittel über die Köpfe einer Schicht ist deren TAS. Ein Lauf hat sie, wenn sie vor seinem Beginn verlangt wurden.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Frame %1, position %2</source>
        <translation>Bild %1, Position %2</translation>
    </message>
    <message>
        <source>none: the last token ends the clip, no step reads it</source>
        <translation>keine: das letzte Token beendet den Clip, kein Schritt liest es</translation>
    </message>
    <message>
        <source>Layer %1, head %2, %3</source>
        <translation>Schicht %1, Kopf %2, %3</translation>
    </message>
    <message>
        <source>This run has no scores of single heads</source>
        <translation>Dieser Lauf hat keine Werte einzelner Köpfe</translation>
    </message>
    <message>
        <source>Choose ⋯ &gt; Record each head&apos;s scores, and the next run on the processor has them from frame 2 on. It costs nothing but room in memory and in the trace.</source>
        <translation>Wählen Sie ⋯ &gt; Werte jedes Kopfes aufzeichnen, und der nächste Lauf auf dem Prozessor hat sie ab Bild 2. Das kostet nichts als Platz im Speicher und im Trace.</translation>
    </message>
    <message>
        <source>Click a position in the video, in the timeline or in another heatmap, and its scores are shown here at all layers, head by head.</source>
        <translation>Klicken Sie eine Position im Video, in der Zeitleiste oder in einer anderen Heatmap an; hier erscheinen dann ihre Werte in allen Schichten, Kopf für Kopf.</translation>
    </message>
    <message>
        <source>Drift</source>
        <translation>Drift</translation>
    </message>
    <message>
        <source>&lt;p&gt;How far a position&apos;s pixels are from those of the same run without replay: the mean difference, in levels of 255. Of the frames of a layer only.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Wie weit die Pixel einer Position von denen desselben Laufs ohne Replay entfernt sind: der mittlere Unterschied, in Stufen von 255. Nur bei den Bildern einer Schicht.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Drift from the run without replay</source>
        <translation>Drift gegenüber dem Lauf ohne Replay</translation>
    </message>
    <message>
        <source>%1 of 255</source>
        <translation>%1 von 255</translation>
    </message>
    <message>
        <source>There is no run to hold this one against</source>
        <translation>Es gibt keinen Lauf, der sich gegen diesen halten lässt</translation>
    </message>
    <message>
        <source>not made: the run ended before it</source>
        <translation>nicht erzeugt: der Lauf endete vorher</translation>
    </message>
</context>
<context>
    <name>Help</name>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Token, position, frame.&lt;/b&gt; A video is made one visual token after another; each fills one position of the grid of a frame, from the top left to the bottom right. A token is a few codes.&lt;/p&gt;&lt;p&gt;&lt;b&gt;TAS&lt;/b&gt;, the Temporal Attention Score: how strongly a token attends to the same position one frame earlier, layer by layer. Where it is high, the layer&apos;s MLP will most likely give what it gave there.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Replay.&lt;/b&gt; Where the TAS is greater than the &lt;b&gt;threshold&lt;/b&gt; τ, the MLP is not computed: its output of one frame earlier is used again. A lower threshold replays more, saves more time, and strays further from the dense model.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Eligible&lt;/b&gt; is what could be replayed at all: frame 1 and the prompt never are. Replayed &lt;i&gt;of eligible&lt;/i&gt; says what the threshold does, replayed &lt;i&gt;of all&lt;/i&gt; what it saves.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Rows.&lt;/b&gt; With guidance a video runs twice at a time, with and without the prompt. The &lt;b&gt;gate&lt;/b&gt; says which of the two decides.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Token, Position, Bild.&lt;/b&gt; Ein Video entsteht ein visuelles Token nach dem anderen; jedes füllt eine Position im Raster eines Bildes, von links oben nach rechts unten. Ein Token besteht aus einigen Codes.&lt;/p&gt;&lt;p&gt;&lt;b&gt;TAS&lt;/b&gt;, der Temporal Attention Score: wie stark ein Token auf dieselbe Position ein Bild früher achtet, Schicht für Schicht. Wo er hoch ist, ergibt das MLP der Schicht sehr wahrscheinlich dasselbe wie dort.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Replay.&lt;/b&gt; Wo der TAS größer ist als die &lt;b&gt;Schwelle&lt;/b&gt; τ, wird das MLP nicht berechnet: Seine Ausgabe von einem Bild früher wird wiederverwendet. Eine niedrigere Schwelle ergibt mehr Replay, spart mehr Zeit und weicht weiter vom dichten Modell ab.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Zulässig&lt;/b&gt; ist, was überhaupt Replay sein kann: Bild 1 und der Prompt sind es nie. Replay &lt;i&gt;von zulässigen&lt;/i&gt; sagt, was die Schwelle bewirkt, Replay &lt;i&gt;von allen&lt;/i&gt;, was es spart.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Zeilen.&lt;/b&gt; Mit Guidance läuft ein Video doppelt, mit und ohne Prompt. Das &lt;b&gt;Gate&lt;/b&gt; sagt, welche der beiden Zeilen entscheidet.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Words</source>
        <translation>Begriffe</translation>
    </message>
    <message>
        <source>&lt;p&gt;Text to video, token by token, with the MLPs of what does not change replayed from the frame before.&lt;/p&gt;&lt;p&gt;The method: FastCar (arXiv 2505.14709). The architecture of the model: VILA-U.&lt;/p&gt;&lt;p&gt;Apache License 2.0&lt;/p&gt;</source>
        <translation>&lt;p&gt;Text zu Video, Token für Token; die MLPs dessen, was sich nicht ändert, werden als Replay aus dem Bild davor übernommen.&lt;/p&gt;&lt;p&gt;Das Verfahren: FastCar (arXiv 2505.14709). Die Architektur des Modells: VILA-U.&lt;/p&gt;&lt;p&gt;Apache License 2.0&lt;/p&gt;</translation>
    </message>
    <message>
        <source>About FastCar Studio</source>
        <translation>Über FastCar Studio</translation>
    </message>
</context>
<context>
    <name>KeptRunWords</name>
    <message>
        <source>dense</source>
        <translation>dicht</translation>
    </message>
    <message>
        <source>%1 replayed</source>
        <translation>%1 Replay</translation>
    </message>
    <message>
        <source>without a prompt</source>
        <translation>ohne Prompt</translation>
    </message>
    <message>
        <source>Run %1: %2</source>
        <translation>Lauf %1: %2</translation>
    </message>
    <message>
        <source>%1 of %2 tokens</source>
        <translation>%1 von %2 Token</translation>
    </message>
    <message>
        <source>%1, on %2</source>
        <translation>%1, auf %2</translation>
    </message>
    <message>
        <source>run %1 of the library</source>
        <translation>Lauf %1 der Bibliothek</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
</context>
<context>
    <name>LibraryWords</name>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>everything</source>
        <translation>alles</translation>
    </message>
    <message>
        <source>above %1</source>
        <translation>über %1</translation>
    </message>
    <message>
        <source>above %1 to %2, by layer</source>
        <translation>über %1 bis %2, je nach Schicht</translation>
    </message>
    <message>
        <source>%1, not in %2 of %3 layers</source>
        <translation>%1, nicht in %2 von %3 Schichten</translation>
    </message>
    <message>
        <source>each row for itself</source>
        <translation>jede Zeile für sich</translation>
    </message>
    <message>
        <source>all rows or none</source>
        <translation>alle Zeilen oder keine</translation>
    </message>
    <message>
        <source>the conditional row decides</source>
        <translation>die bedingte Zeile entscheidet</translation>
    </message>
    <message>
        <source>the mean of both rows decides</source>
        <translation>das Mittel beider Zeilen entscheidet</translation>
    </message>
    <message>
        <source>official</source>
        <translation>offiziell</translation>
    </message>
    <message>
        <source>paper</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>%1 (%2; %3)</source>
        <translation>%1 (%2; %3)</translation>
    </message>
    <message>
        <source>greedy</source>
        <translation>greedy</translation>
    </message>
    <message>
        <source>temperature %1, top-k %2, top-p %3</source>
        <translation>Temperatur %1, Top-k %2, Top-p %3</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>Running</source>
        <translation>Läuft</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>%1 at %2 of %3 tokens</source>
        <translation>%1 bei %2 von %3 Token</translation>
    </message>
    <message>
        <source>1 run</source>
        <translation>1 Lauf</translation>
    </message>
    <message>
        <source>%1 runs</source>
        <translation>%1 Läufe</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>replayed %1 of eligible, on %2</source>
        <translation>Replay %1 von zulässigen, auf %2</translation>
    </message>
    <message>
        <source>%1. %2. %3 of 5 stars. Replayed %4.</source>
        <translation>%1. %2. %3 von 5 Sternen. Replay %4.</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>%1, %2 videos</source>
        <translation>%1, %2 Videos</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Guidance</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>Sampling</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>target %1 %</source>
        <translation>Ziel %1 %</translation>
    </message>
    <message>
        <source>1 deleted run</source>
        <translation>1 gelöschter Lauf</translation>
    </message>
    <message>
        <source>%1 deleted runs</source>
        <translation>%1 gelöschte Läufe</translation>
    </message>
    <message>
        <source>%1 of 1 run</source>
        <translation>%1 von 1 Lauf</translation>
    </message>
    <message>
        <source>%1 of %2 runs</source>
        <translation>%1 von %2 Läufen</translation>
    </message>
    <message>
        <source>%1 of 1 deleted run</source>
        <translation>%1 von 1 gelöschtem Lauf</translation>
    </message>
    <message>
        <source>%1 of %2 deleted runs</source>
        <translation>%1 von %2 gelöschten Läufen</translation>
    </message>
</context>
<context>
    <name>PositionFacts</name>
    <message>
        <source>replayed, τ %1</source>
        <translation>Replay, τ %1</translation>
    </message>
    <message>
        <source>replayed</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>computed, τ %1</source>
        <translation>berechnet, τ %1</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>berechnet</translation>
    </message>
    <message>
        <source>computed, replay is off</source>
        <translation>berechnet, Replay ist aus</translation>
    </message>
    <message>
        <source>frame %1, row %2, column %3</source>
        <translation>Bild %1, Zeile %2, Spalte %3</translation>
    </message>
    <message>
        <source>not drawn yet</source>
        <translation>noch nicht gezogen</translation>
    </message>
    <message>
        <source>computed, frame 1 always is</source>
        <translation>berechnet, Bild 1 immer</translation>
    </message>
    <message>
        <source>last token, needs no step</source>
        <translation>letztes Token, braucht keinen Schritt</translation>
    </message>
    <message>
        <source>its step comes next</source>
        <translation>sein Schritt kommt als nächster</translation>
    </message>
    <message>
        <source>not eligible</source>
        <translation>nicht zulässig</translation>
    </message>
</context>
<context>
    <name>RowName</name>
    <message>
        <source>conditional row</source>
        <translation>bedingte Zeile</translation>
    </message>
    <message>
        <source>unconditional row</source>
        <translation>unbedingte Zeile</translation>
    </message>
    <message>
        <source>video %1, %2</source>
        <translation>Video %1, %2</translation>
    </message>
    <message>
        <source>several rows</source>
        <translation>mehrere Zeilen</translation>
    </message>
    <message>
        <source>row %1</source>
        <translation>Zeile %1</translation>
    </message>
</context>
<context>
    <name>RunEnding</name>
    <message>
        <source>; frame %1 had %2 of %3 positions</source>
        <translation>; Bild %1 hatte %2 von %3 Positionen</translation>
    </message>
    <message>
        <source>It came to token %1 of %2. Kept: %3.</source>
        <translation>Er kam bis Token %1 von %2. Behalten: %3.</translation>
    </message>
    <message>
        <source>1 frame</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 Bilder</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>%1 failed.</source>
        <translation>%1 ist gescheitert.</translation>
    </message>
    <message>
        <source>The run failed.</source>
        <translation>Der Lauf ist gescheitert.</translation>
    </message>
</context>
<context>
    <name>RunPlots</name>
    <message>
        <source>replayed, %</source>
        <translation>Replay, %</translation>
    </message>
    <message>
        <source>of eligible</source>
        <translation>von zulässigen</translation>
    </message>
    <message>
        <source>of all</source>
        <translation>von allen</translation>
    </message>
    <message>
        <source>TAS of all layers and rows</source>
        <translation>TAS aller Schichten und Zeilen</translation>
    </message>
    <message>
        <source>TAS</source>
        <translation>TAS</translation>
    </message>
    <message>
        <source>scores</source>
        <translation>TAS-Werte</translation>
    </message>
    <message>
        <source>replayed</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>berechnet</translation>
    </message>
    <message>
        <source>Drift of B from A</source>
        <translation>Drift von B gegen A</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>mean absolute difference, of 255</source>
        <translation>mittlerer absoluter Unterschied, von 255</translation>
    </message>
    <message>
        <source>drift</source>
        <translation>Drift</translation>
    </message>
    <message>
        <source>Replayed, by layer</source>
        <translation>Replay je Schicht</translation>
    </message>
    <message>
        <source>Replayed, by frame</source>
        <translation>Replay je Bild</translation>
    </message>
    <message>
        <source>TAS histogram</source>
        <translation>TAS-Histogramm</translation>
    </message>
    <message>
        <source>Drift, by frame</source>
        <translation>Drift je Bild</translation>
    </message>
    <message>
        <source>Drift is between two runs: compare the run with another one first.</source>
        <translation>Drift besteht zwischen zwei Läufen: Vergleichen Sie den Lauf zuerst mit einem anderen.</translation>
    </message>
    <message>
        <source>The run has no scores yet: they come with frame 2.</source>
        <translation>Der Lauf hat noch keine TAS-Werte: Sie kommen mit Bild 2.</translation>
    </message>
    <message>
        <source>Replayed MLPs by layer</source>
        <translation>MLPs mit Replay je Schicht</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Replayed MLPs by frame</source>
        <translation>MLPs mit Replay je Bild</translation>
    </message>
</context>
<context>
    <name>RunWords</name>
    <message>
        <source>dense</source>
        <translation>dicht</translation>
    </message>
    <message>
        <source>%1 replayed</source>
        <translation>%1 Replay</translation>
    </message>
    <message>
        <source>with replay</source>
        <translation>mit Replay</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>Choose a run…</source>
        <translation>Lauf wählen…</translation>
    </message>
    <message>
        <source>The shown run</source>
        <translation>Der gezeigte Lauf</translation>
    </message>
    <message>
        <source>The run before it</source>
        <translation>Der Lauf davor</translation>
    </message>
    <message>
        <source>A run of before</source>
        <translation>Ein früherer Lauf</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
</context>
<context>
    <name>SettingsChange</name>
    <message>
        <source>Threshold of layer %1</source>
        <translation>Schwelle von Schicht %1</translation>
    </message>
    <message>
        <source>Thresholds of layers %1</source>
        <translation>Schwellen der Schichten %1</translation>
    </message>
    <message>
        <source>Thresholds</source>
        <translation>Schwellen</translation>
    </message>
    <message>
        <source>TAS definition</source>
        <translation>TAS-Definition</translation>
    </message>
    <message>
        <source>Target ratio</source>
        <translation>Zielanteil</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Gate</translation>
    </message>
    <message>
        <source>DRS</source>
        <translation>DRS</translation>
    </message>
    <message>
        <source>Frames with replay</source>
        <translation>Bilder mit Replay</translation>
    </message>
    <message>
        <source>Layers with replay</source>
        <translation>Schichten mit Replay</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>Lock of the seed</source>
        <translation>Schloss des Startwerts</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Videos</source>
        <translation>Videos</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Guidance</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>Sampling</source>
        <translation>Sampling</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Parameter</translation>
    </message>
</context>
<context>
    <name>TaskLayout</name>
    <message>
        <source>Tune</source>
        <translation>Abstimmen</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
</context>
<context>
    <name>TimeText</name>
    <message>
        <source>%1 ms</source>
        <translation>%1 ms</translation>
    </message>
    <message>
        <source>%1 s</source>
        <translation>%1 s</translation>
    </message>
</context>
<context>
    <name>TokenStrip</name>
    <message>
        <source>Token %1: frame %2, position %3. %4 of %5 codes and %6 of %7 decisions differ.</source>
        <translation>Token %1: Bild %2, Position %3. %4 von %5 Codes und %6 von %7 Entscheidungen verschieden.</translation>
    </message>
    <message>
        <source> In this frame %1 of the codes are equal.</source>
        <translation> In diesem Bild sind %1 der Codes gleich.</translation>
    </message>
    <message>
        <source> Here is the first other code.</source>
        <translation> Hier ist der erste andere Code.</translation>
    </message>
</context>
<context>
    <name>WindowTitle</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>Paused at %1 %</source>
        <translation>Pause bei %1 %</translation>
    </message>
    <message>
        <source>Failed at %1 %</source>
        <translation>Gescheitert bei %1 %</translation>
    </message>
    <message>
        <source>Cancelled at %1 %</source>
        <translation>Abgebrochen bei %1 %</translation>
    </message>
    <message>
        <source>FastCar Studio</source>
        <translation>FastCar Studio</translation>
    </message>
    <message>
        <source>%1 – %2</source>
        <translation>%1 – %2</translation>
    </message>
    <message>
        <source>%1, %2 – %3</source>
        <translation>%1, %2 – %3</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::ActionCatalog</name>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::CleanUpDialog</name>
    <message>
        <source>Clean up the library</source>
        <translation>Bibliothek aufräumen</translation>
    </message>
    <message>
        <source>Runs that were deleted</source>
        <translation>Gelöschte Läufe</translation>
    </message>
    <message>
        <source>Runs older than</source>
        <translation>Läufe, älter als</translation>
    </message>
    <message>
        <source>Days</source>
        <translation>Tage</translation>
    </message>
    <message>
        <source> days</source>
        <translation> Tage</translation>
    </message>
    <message>
        <source>The oldest, until the library takes at most</source>
        <translation>Die ältesten, bis die Bibliothek höchstens belegt</translation>
    </message>
    <message>
        <source>Gigabytes</source>
        <translation>Gigabyte</translation>
    </message>
    <message>
        <source> GB</source>
        <translation> GB</translation>
    </message>
    <message>
        <source>Runs that stay</source>
        <translation>Läufe, die bleiben</translation>
    </message>
    <message>
        <source>rated ones stay</source>
        <translation>bewertete bleiben</translation>
    </message>
    <message>
        <source>those with %1 stars stay</source>
        <translation>die mit %1 Sternen bleiben</translation>
    </message>
    <message>
        <source>those with %1 stars or more stay</source>
        <translation>die mit %1 Sternen oder mehr bleiben</translation>
    </message>
    <message>
        <source>Of those that nobody deleted,</source>
        <translation>Von denen, die niemand gelöscht hat,</translation>
    </message>
    <message>
        <source>Clean up</source>
        <translation>Aufräumen</translation>
    </message>
    <message>
        <source>There is nothing to take away.</source>
        <translation>Es gibt nichts zu entfernen.</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1, %2&lt;/b&gt;, will be taken away for good.</source>
        <translation>&lt;b&gt;%1, %2&lt;/b&gt;: wird endgültig entfernt.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::CommandList</name>
    <message>
        <source>%1, not available now</source>
        <translation>%1, jetzt nicht verfügbar</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::CommandPalette</name>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Search commands</source>
        <translation>Befehle suchen</translation>
    </message>
    <message>
        <source>What do you want to do? A few letters are enough</source>
        <translation>Was möchten Sie tun? Ein paar Buchstaben genügen</translation>
    </message>
    <message>
        <source>Commands that fit</source>
        <translation>Passende Befehle</translation>
    </message>
    <message>
        <source>Nothing here has these letters in this order.</source>
        <translation>Nichts hier hat diese Buchstaben in dieser Reihenfolge.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::CompareBar</name>
    <message>
        <source>Other codes</source>
        <translation>Andere Codes</translation>
    </message>
    <message>
        <source>&lt;p&gt;Frame the positions whose codes differ (D)&lt;/p&gt;</source>
        <translation>&lt;p&gt;Positionen umrahmen, deren Codes sich unterscheiden (D)&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Side by side</source>
        <translation>Nebeneinander</translation>
    </message>
    <message>
        <source>A beside B (1)</source>
        <translation>A neben B (1)</translation>
    </message>
    <message>
        <source>Wipe</source>
        <translation>Wischen</translation>
    </message>
    <message>
        <source>&lt;p&gt;A to the left of a divider, B to the right of it (2). Drag the divider, or move it with , and .&lt;/p&gt;</source>
        <translation>&lt;p&gt;A links einer Trennlinie, B rechts davon (2). Die Trennlinie ziehen oder mit , und . bewegen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>What is between the two, pixel by pixel (3)</source>
        <translation>Was zwischen den beiden liegt, Pixel für Pixel (3)</translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation>Flimmern</translation>
    </message>
    <message>
        <source>A and B in turn in the same place (4; X shows the other one)</source>
        <translation>A und B abwechselnd an derselben Stelle (4; X zeigt das andere)</translation>
    </message>
    <message>
        <source>Divider between A and B</source>
        <translation>Trennlinie zwischen A und B</translation>
    </message>
    <message>
        <source>Where the divider stands ( , and . )</source>
        <translation>Wo die Trennlinie steht ( , und . )</translation>
    </message>
    <message>
        <source>Kind of difference</source>
        <translation>Art der Differenz</translation>
    </message>
    <message>
        <source>Absolute</source>
        <translation>Absolut</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Mit Vorz.</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Absolute&lt;/b&gt;: how far apart. &lt;b&gt;Signed&lt;/b&gt;: orange where B is lighter, blue where it is darker.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Absolut&lt;/b&gt;: wie weit auseinander. &lt;b&gt;Mit Vorzeichen&lt;/b&gt;: orange, wo B heller ist, blau, wo es dunkler ist.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Gain</source>
        <translation>Verstärkung</translation>
    </message>
    <message>
        <source>How much the difference is enlarged, so that small ones show</source>
        <translation>Wie sehr die Differenz verstärkt wird, damit kleine sichtbar sind</translation>
    </message>
    <message>
        <source>Show the other</source>
        <translation>Anderes zeigen</translation>
    </message>
    <message>
        <source>A or B, by hand (X)</source>
        <translation>A oder B, von Hand (X)</translation>
    </message>
    <message>
        <source>By itself</source>
        <translation>Von selbst</translation>
    </message>
    <message>
        <source>Change between A and B without a hand</source>
        <translation>Zwischen A und B ohne Zutun wechseln</translation>
    </message>
    <message>
        <source>Changes a second</source>
        <translation>Wechsel je Sekunde</translation>
    </message>
    <message>
        <source>&lt;p&gt;Changes between A and B in a second. No more than six: faster flashing can harm.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Wechsel zwischen A und B in der Sekunde. Nicht mehr als sechs: Schnelleres Blinken kann schaden.&lt;/p&gt;</translation>
    </message>
    <message>
        <source> / s</source>
        <translation> / s</translation>
    </message>
    <message>
        <source>Further away ( − , or the wheel)</source>
        <translation>Weiter weg ( − oder das Mausrad)</translation>
    </message>
    <message>
        <source>The whole picture (0, or a double click)</source>
        <translation>Das ganze Bild (0 oder ein Doppelklick)</translation>
    </message>
    <message>
        <source>Closer ( + , or the wheel)</source>
        <translation>Näher ( + oder das Mausrad)</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::ComparePage</name>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Open a trace or a video</source>
        <translation>Trace oder Video öffnen</translation>
    </message>
    <message>
        <source>Traces and videos (*.fctrace *.mp4 *.webm *.mkv *.gif *.apng *.png);;All files (*)</source>
        <translation>Traces und Videos (*.fctrace *.mp4 *.webm *.mkv *.gif *.apng *.png);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>First other code: token %1</source>
        <translation>Erster anderer Code: Token %1</translation>
    </message>
    <message>
        <source>Video %1 of %2</source>
        <translation>Video %1 von %2</translation>
    </message>
    <message>
        <source>A run is going on.</source>
        <translation>Ein Lauf ist im Gang.</translation>
    </message>
    <message>
        <source>There is no run yet.</source>
        <translation>Es gibt noch keinen Lauf.</translation>
    </message>
    <message>
        <source>Makes the shown run once more without replay, and compares the two: A dense, B as it is shown now.</source>
        <translation>Führt den gezeigten Lauf noch einmal ohne Replay aus und vergleicht beide: A dicht, B wie jetzt gezeigt.</translation>
    </message>
    <message>
        <source>Makes the shown run once more with the replay that the panel says, and compares the two: A as it is shown now, B the new one.</source>
        <translation>Führt den gezeigten Lauf noch einmal mit dem Replay des Panels aus und vergleicht beide: A wie jetzt gezeigt, B der neue.</translation>
    </message>
    <message>
        <source>The panel&apos;s replay is off.</source>
        <translation>Das Replay des Panels ist aus.</translation>
    </message>
    <message>
        <source>Same seed, dense</source>
        <translation>Gleicher Startwert, dicht</translation>
    </message>
    <message>
        <source>Same seed, replay</source>
        <translation>Gleicher Startwert, Replay</translation>
    </message>
    <message>
        <source>A: %1%2 frames</source>
        <translation>A: %1%2 Bilder</translation>
    </message>
    <message>
        <source>Choose a run for %1 above, or drop a trace or a video here.</source>
        <translation>Wählen Sie oben einen Lauf für %1, oder legen Sie einen Trace oder ein Video hier ab.</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>Wird gelesen…</translation>
    </message>
    <message>
        <source>There is no such run yet.</source>
        <translation>Einen solchen Lauf gibt es noch nicht.</translation>
    </message>
    <message>
        <source>This run has no pictures.</source>
        <translation>Dieser Lauf hat keine Bilder.</translation>
    </message>
    <message>
        <source>%1 has no frame here.</source>
        <translation>%1 hat hier kein Bild.</translation>
    </message>
    <message>
        <source>Point at a position to read its codes in both</source>
        <translation>Auf eine Position zeigen, um ihre Codes in beiden zu lesen</translation>
    </message>
    <message>
        <source>frame %1, token %2</source>
        <translation>Bild %1, Token %2</translation>
    </message>
    <message>
        <source>codes A %1, B %2</source>
        <translation>Codes A %1, B %2</translation>
    </message>
    <message>
        <source>codes %1 in both</source>
        <translation>Codes %1 in beiden</translation>
    </message>
    <message>
        <source>%1 of %2 decisions differ</source>
        <translation>%1 von %2 Entscheidungen verschieden</translation>
    </message>
    <message>
        <source>drift %1</source>
        <translation>Drift %1</translation>
    </message>
    <message>
        <source>Exchange A and B</source>
        <translation>A und B vertauschen</translation>
    </message>
    <message>
        <source>Same seed, another replay</source>
        <translation>Gleicher Startwert, anderes Replay</translation>
    </message>
    <message>
        <source>Which replay the run is made with once more</source>
        <translation>Mit welchem Replay der Lauf noch einmal ausgeführt wird</translation>
    </message>
    <message>
        <source>Same seed, &amp;dense</source>
        <translation>Gleicher Startwert, &amp;dicht</translation>
    </message>
    <message>
        <source>Same seed, the panel&apos;s &amp;replay</source>
        <translation>Gleicher Startwert, &amp;Replay des Panels</translation>
    </message>
    <message>
        <source>First other code</source>
        <translation>Erster anderer Code</translation>
    </message>
    <message>
        <source>Figure by frame</source>
        <translation>Kennzahl je Bild</translation>
    </message>
    <message>
        <source>%1 by frame</source>
        <translation>%1 je Bild</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>Wird verglichen…</translation>
    </message>
    <message>
        <source>Go to the first token with another code (F)</source>
        <translation>Zum ersten Token mit einem anderen Code (F)</translation>
    </message>
    <message>
        <source>Offset of A against B</source>
        <translation>Versatz von A gegen B</translation>
    </message>
    <message>
        <source>&lt;p&gt;A is shown, and its pictures are compared, this many frames apart from B. Shift+← and Shift+→ move it. Click to undo.&lt;/p&gt;</source>
        <translation>&lt;p&gt;A wird um so viele Bilder gegen B versetzt gezeigt und verglichen. Umschalt+← und Umschalt+→ verschieben. Ein Klick hebt den Versatz auf.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Video of the runs</source>
        <translation>Video der Läufe</translation>
    </message>
    <message>
        <source>Frame by frame, as soon as two runs are chosen above.</source>
        <translation>Bild für Bild, sobald oben zwei Läufe gewählt sind.</translation>
    </message>
    <message>
        <source>Frame by frame, as soon as both runs have a frame.</source>
        <translation>Bild für Bild, sobald beide Läufe ein Bild haben.</translation>
    </message>
    <message>
        <source>These runs cannot be compared: the reason stands below.</source>
        <translation>Diese Läufe lassen sich nicht vergleichen: Der Grund steht unten.</translation>
    </message>
    <message>
        <source>Both runs need a trace: codes stand in it, and one of them has none.</source>
        <translation>Beide Läufe brauchen einen Trace: Darin stehen die Codes, und einer hat keinen.</translation>
    </message>
    <message>
        <source>No frame of A stands beside one of B.</source>
        <translation>Kein Bild von A steht neben einem von B.</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Kennzahlen</translation>
    </message>
    <message>
        <source>The comparison in numbers</source>
        <translation>Der Vergleich in Zahlen</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>What differs token by token: the strip below in numbers, to read and to copy</source>
        <translation>Was sich Token für Token unterscheidet: der Streifen unten in Zahlen, zum Lesen und Kopieren</translation>
    </message>
    <message>
        <source>Tokens as a table</source>
        <translation>Tokens als Tabelle</translation>
    </message>
    <message>
        <source>Figures of the two runs</source>
        <translation>Kennzahlen der beiden Läufe</translation>
    </message>
    <message>
        <source>Tokens of the two runs</source>
        <translation>Token der beiden Läufe</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::CompareView</name>
    <message>
        <source>A and B</source>
        <translation>A und B</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::ComparisonModel</name>
    <message>
        <source>“%1” cannot be read: %2</source>
        <translation>„%1“ lässt sich nicht lesen: %2</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::ComparisonTable</name>
    <message>
        <source>To be known</source>
        <translation>Zur Beachtung</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bildinhalt</translation>
    </message>
    <message>
        <source>No frame of A stands beside one of B.</source>
        <translation>Kein Bild von A steht neben einem von B.</translation>
    </message>
    <message>
        <source>%1 of 255</source>
        <translation>%1 von 255</translation>
    </message>
    <message>
        <source>Equal frames</source>
        <translation>Gleiche Bilder</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Frames that are equal pixel by pixel, of those that both have.</source>
        <translation>Bilder, die Pixel für Pixel gleich sind, von denen, die beide haben.</translation>
    </message>
    <message>
        <source>Flicker</source>
        <translation>Flimmern</translation>
    </message>
    <message>
        <source>Not both files are exact: the loss of their kind is part of these figures.</source>
        <translation>Nicht beide Dateien sind exakt: Der Verlust ihres Formats steckt in diesen Zahlen.</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>Equal codes</source>
        <translation>Gleiche Codes</translation>
    </message>
    <message>
        <source>Of %1 codes in %2 tokens that both have.</source>
        <translation>Von %1 Codes in %2 Token, die beide haben.</translation>
    </message>
    <message>
        <source>by depth</source>
        <translation>je Tiefe</translation>
    </message>
    <message>
        <source>The share of equal codes, from the first of a position&apos;s codes to the last.</source>
        <translation>Der Anteil gleicher Codes, vom ersten bis zum letzten Code einer Position.</translation>
    </message>
    <message>
        <source>First other code</source>
        <translation>Erster anderer Code</translation>
    </message>
    <message>
        <source>token %1, frame %2, depth %3</source>
        <translation>Token %1, Bild %2, Tiefe %3</translation>
    </message>
    <message>
        <source>Where the runs part. Click it to look at that token.</source>
        <translation>Wo sich die Läufe trennen. Ein Klick zeigt dieses Token.</translation>
    </message>
    <message>
        <source>there is none</source>
        <translation>es gibt keinen</translation>
    </message>
    <message>
        <source>Each run</source>
        <translation>Jeder Lauf</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Replayed, of eligible</source>
        <translation>Replay, von zulässigen</translation>
    </message>
    <message>
        <source>Of the MLP calls that could have been replayed.</source>
        <translation>Von den MLP-Aufrufen, die Replay hätten sein können.</translation>
    </message>
    <message>
        <source>Replayed, of all</source>
        <translation>Replay, von allen</translation>
    </message>
    <message>
        <source>Of all MLP calls of the decode steps; at most %1.</source>
        <translation>Von allen MLP-Aufrufen der Decode-Schritte; höchstens %1.</translation>
    </message>
    <message>
        <source>Time a token</source>
        <translation>Zeit je Token</translation>
    </message>
    <message>
        <source>From the first token&apos;s end to the last one&apos;s; pauses count.</source>
        <translation>Vom Ende des ersten Tokens bis zu dem des letzten; Pausen zählen mit.</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>B is %1 times as fast</source>
        <translation>B ist %1-mal so schnell</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Parameter</translation>
    </message>
    <message>
        <source>One of the files has no settings inside.</source>
        <translation>Eine der Dateien enthält keine Parameter.</translation>
    </message>
    <message>
        <source>Settings: the same</source>
        <translation>Parameter: dieselben</translation>
    </message>
    <message>
        <source>Settings that differ</source>
        <translation>Verschiedene Parameter</translation>
    </message>
    <message>
        <source>%1 by frame</source>
        <translation>%1 je Bild</translation>
    </message>
    <message>
        <source>Frame %1</source>
        <translation>Bild %1</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::ComparisonTableView</name>
    <message>
        <source>Figures of the comparison</source>
        <translation>Kennzahlen des Vergleichs</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::DecisionLegend</name>
    <message>
        <source>Legend of the timeline of decisions</source>
        <translation>Legende der Zeitleiste der Entscheidungen</translation>
    </message>
    <message>
        <source>not eligible</source>
        <translation>nicht zulässig</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>berechnet</translation>
    </message>
    <message>
        <source>replayed, frames on end:</source>
        <translation>Replay, Bilder in Folge:</translation>
    </message>
    <message>
        <source>conditional</source>
        <translation>bedingt</translation>
    </message>
    <message>
        <source>unconditional</source>
        <translation>unbedingt</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::DecisionPanel</name>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>Rows of the timeline</source>
        <translation>Zeilen der Zeitleiste</translation>
    </message>
    <message>
        <source>&lt;p&gt;Both rows of a guided run stand over one another in each layer, the conditional one on top; or one of them alone.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Beide Zeilen eines Laufs mit Guidance stehen in jeder Schicht übereinander, die bedingte oben; oder eine davon allein.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Decisions as numbers</source>
        <translation>Entscheidungen als Zahlen</translation>
    </message>
    <message>
        <source>The same as numbers, to read and to copy</source>
        <translation>Dasselbe als Zahlen, zum Lesen und Kopieren</translation>
    </message>
    <message>
        <source>More about the timeline of decisions</source>
        <translation>Mehr zur Zeitleiste der Entscheidungen</translation>
    </message>
    <message>
        <source>Zoom &amp;in	W</source>
        <translation>&amp;Vergrößern	W</translation>
    </message>
    <message>
        <source>Zoom &amp;out	S</source>
        <translation>Ver&amp;kleinern	S</translation>
    </message>
    <message>
        <source>&amp;Whole video	F</source>
        <translation>&amp;Ganzes Video	F</translation>
    </message>
    <message>
        <source>&amp;Copy the table as CSV</source>
        <translation>Tabelle als &amp;CSV kopieren</translation>
    </message>
    <message>
        <source>Decisions as a table</source>
        <translation>Entscheidungen als Tabelle</translation>
    </message>
    <message>
        <source>0: computed; 1 and more: replayed, so many frames on end; –: not eligible</source>
        <translation>0: berechnet; 1 und mehr: Replay, so viele Bilder in Folge; –: nicht zulässig</translation>
    </message>
    <message>
        <source>Both rows</source>
        <translation>Beide Zeilen</translation>
    </message>
    <message>
        <source>Conditional</source>
        <translation>Bedingt</translation>
    </message>
    <message>
        <source>Unconditional</source>
        <translation>Unbedingt</translation>
    </message>
    <message>
        <source>All videos</source>
        <translation>Alle Videos</translation>
    </message>
    <message>
        <source>Point at a decision to read it</source>
        <translation>Auf eine Entscheidung zeigen, um sie zu lesen</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::DecisionTable</name>
    <message>
        <source>frame %1, position %2</source>
        <translation>Bild %1, Position %2</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::DecisionTimeline</name>
    <message>
        <source>Timeline of decisions</source>
        <translation>Zeitleiste der Entscheidungen</translation>
    </message>
    <message>
        <source>Nothing has run yet</source>
        <translation>Noch kein Lauf</translation>
    </message>
    <message>
        <source>Generate a video: each token appears here as it is drawn, with what was computed and what was replayed for it, layer by layer.</source>
        <translation>Erzeugen Sie ein Video: Jedes Token erscheint hier, sobald es gezogen ist, mit dem, was dafür berechnet wurde und was Replay war, Schicht für Schicht.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::DenseReference</name>
    <message>
        <source>The run without replay that is kept has other settings than this one. Close the lock beside the seed, choose Off under Replay and generate: then this run&apos;s settings can be held against it.</source>
        <translation>Der behaltene Lauf ohne Replay hat andere Parameter als dieser. Schließen Sie das Schloss neben dem Startwert, wählen Sie Aus unter Replay und erzeugen Sie: Dann lassen sich die Parameter dieses Laufs daran messen.</translation>
    </message>
    <message>
        <source>There is no run without replay yet to hold this one against. Close the lock beside the seed, choose Off under Replay and generate; then generate again with replay.</source>
        <translation>Noch gibt es keinen Lauf ohne Replay, an dem sich dieser messen lässt. Schließen Sie das Schloss neben dem Startwert, wählen Sie Aus unter Replay und erzeugen Sie; erzeugen Sie danach wieder mit Replay.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::DifferenceLegend</name>
    <message>
        <source>Legend of the difference</source>
        <translation>Legende der Differenz</translation>
    </message>
    <message>
        <source>&lt;p&gt;The difference of a pixel in levels of 0 to 255, the mean of its three channels. Absolute: of |B − A|. Signed: orange where B is lighter, blue where it is darker.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Die Differenz eines Pixels in Stufen von 0 bis 255, das Mittel seiner drei Kanäle. Absolut: von |B − A|. Mit Vorzeichen: orange, wo B heller ist, blau, wo es dunkler ist.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Difference from %1 to %2 of 255</source>
        <translation>Differenz von %1 bis %2 von 255</translation>
    </message>
    <message>
        <source>%1 levels</source>
        <translation>%1 Stufen</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::DockTabs</name>
    <message>
        <source>Panels: %1</source>
        <translation>Panels: %1</translation>
    </message>
    <message>
        <source>Double click: a window of its own</source>
        <translation>Doppelklick: ein eigenes Fenster</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::DockTitle</name>
    <message>
        <source>%1 in a window of its own</source>
        <translation>%1 in eigenem Fenster</translation>
    </message>
    <message>
        <source>A window of its own, and back</source>
        <translation>Eigenes Fenster und zurück</translation>
    </message>
    <message>
        <source>Close %1</source>
        <translation>%1 schließen</translation>
    </message>
    <message>
        <source>Close; the View menu opens it again</source>
        <translation>Schließen; im Menü Ansicht wieder zu öffnen</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::DroppedRun</name>
    <message>
        <source>%1 holds no run.</source>
        <translation>%1 enthält keinen Lauf.</translation>
    </message>
    <message>
        <source>%1 A model&apos;s folder, a trace (.fctrace) or a video that FastCar saved can be dropped here.</source>
        <translation>%1 Ablegen lassen sich hier ein Modellordner, ein Trace (.fctrace) oder ein Video, das FastCar gespeichert hat.</translation>
    </message>
    <message>
        <source>%1 has no settings inside.</source>
        <translation>%1 enthält keine Parameter.</translation>
    </message>
    <message>
        <source>It is a video that FastCar did not save.</source>
        <translation>Dieses Video hat FastCar nicht gespeichert.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>Parameter übernehmen</translation>
    </message>
    <message>
        <source>Only the seed</source>
        <translation>Nur den Startwert</translation>
    </message>
    <message>
        <source>A run: %1</source>
        <translation>Ein Lauf: %1</translation>
    </message>
    <message>
        <source>“%1”, seed %2, %3</source>
        <translation>„%1“, Startwert %2, %3</translation>
    </message>
    <message>
        <source>A run is going on.</source>
        <translation>Ein Lauf ist im Gang.</translation>
    </message>
    <message>
        <source>Cancel it or wait until it is done, then show another one.</source>
        <translation>Brechen Sie ihn ab oder warten Sie, bis er fertig ist; zeigen Sie dann einen anderen.</translation>
    </message>
    <message>
        <source>Not all of its settings could be taken.</source>
        <translation>Nicht alle Parameter konnten übernommen werden.</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>the run that is shown</source>
        <translation>der gezeigte Lauf</translation>
    </message>
    <message>
        <source>run %1 of the library</source>
        <translation>Lauf %1 der Bibliothek</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::EditMenu</name>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo %1</source>
        <translation>&amp;Rückgängig: %1</translation>
    </message>
    <message>
        <source>&amp;Redo %1</source>
        <translation>&amp;Wiederholen: %1</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>&amp;Rückgängig</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>&amp;Wiederholen</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::EffectBar</name>
    <message>
        <source>predicted %1, happened %2</source>
        <translation>vorausgesagt %1, eingetreten %2</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::EffectView</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 mJ</source>
        <translation>%1 mJ</translation>
    </message>
    <message>
        <source>%1 J</source>
        <translation>%1 J</translation>
    </message>
    <message>
        <source>would</source>
        <translation>soll</translation>
    </message>
    <message>
        <source>did</source>
        <translation>ist</translation>
    </message>
    <message>
        <source>of eligible</source>
        <translation>zulässige</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Replayed, of eligible.&lt;/b&gt; Eligible is an MLP call that could be replayed: its token is not in frame 1, its layer has a threshold, and replay is allowed there.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Replay, von zulässigen.&lt;/b&gt; Zulässig ist ein MLP-Aufruf, der Replay sein könnte: Sein Token liegt nicht in Bild 1, seine Schicht hat eine Schwelle, und Replay ist dort erlaubt.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>of all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>unread</source>
        <translation>ungelesen</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;MLP weights left unread.&lt;/b&gt; Layers of steps in which every row is replayed: only there the weights need not come from memory, which is what saves time.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Ungelesene MLP-Gewichte.&lt;/b&gt; Schichten von Schritten, in denen jede Zeile Replay ist: Nur dort müssen die Gewichte nicht aus dem Speicher kommen, und das spart die Zeit.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>energy</source>
        <translation>Energie</translation>
    </message>
    <message>
        <source>No scores yet</source>
        <translation>Noch keine TAS-Werte</translation>
    </message>
    <message>
        <source>Nothing has run yet</source>
        <translation>Noch kein Lauf</translation>
    </message>
    <message>
        <source>&lt;p&gt;What is predicted is told from the scores of a run, from its second frame on. Generate one.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Die Voraussage beruht auf den TAS-Werten eines Laufs, ab seinem zweiten Bild. Erzeugen Sie einen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Predicted before</source>
        <translation>Zuvor vorausgesagt</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;would&lt;/b&gt;: as it was predicted of this run before it began, from the scores of the run before. &lt;b&gt;did&lt;/b&gt;: what happened.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;soll&lt;/b&gt;: was vor Beginn für diesen Lauf vorausgesagt wurde, aus den TAS-Werten des Laufs davor. &lt;b&gt;ist&lt;/b&gt;: was eintrat.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>From this run</source>
        <translation>Aus diesem Lauf</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;would&lt;/b&gt;: what the settings as they are now would do to a clip as long as this one, told from its scores. What is replayed changes later scores, so that a new run differs somewhat.&lt;/p&gt;&lt;p&gt;&lt;b&gt;did&lt;/b&gt;: what happened in this run.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;soll&lt;/b&gt;: was die jetzigen Parameter mit einem Clip dieser Länge täten, aus seinen TAS-Werten vorausgesagt. Replay ändert spätere TAS-Werte, darum weicht ein neuer Lauf etwas ab.&lt;/p&gt;&lt;p&gt;&lt;b&gt;ist&lt;/b&gt;: was in diesem Lauf eintrat.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Replayed, of all&lt;/b&gt; MLP calls of the run&apos;s decode steps, frame 1 included.&lt;/p&gt;&lt;p&gt;Frame 1 is always computed, so that in %1 frames of %2 tokens at most ((T−1)·N−1) / (T·N−1) = %3 % can be replayed, whatever the threshold: the thin line.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Replay, von allen&lt;/b&gt; MLP-Aufrufen der Decode-Schritte des Laufs, Bild 1 eingeschlossen.&lt;/p&gt;&lt;p&gt;Bild 1 wird immer berechnet; darum können bei %1 Bildern zu %2 Token höchstens ((T−1)·N−1) / (T·N−1) = %3 % Replay sein, gleich bei welcher Schwelle: die dünne Linie.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Time of the decode steps and of the pictures&lt;/b&gt;, without the prompt. The bar is full where nothing is replayed.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Zeit der Decode-Schritte und der Bilder&lt;/b&gt;, ohne den Prompt. Der Balken ist voll, wo nichts Replay ist.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Energy&lt;/b&gt; is estimated for a card: choose one in the hardware panel.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Energie&lt;/b&gt; wird für eine Karte geschätzt: Wählen Sie eine im Hardware-Panel.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Energy of the decode steps on %1&lt;/b&gt;: activity times coefficients, by its cycle model. An estimate on both sides; nobody has measured it.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Energie der Decode-Schritte auf %1&lt;/b&gt;: Aktivität mal Koeffizienten, nach dem Taktmodell. Auf beiden Seiten eine Schätzung; niemand hat sie gemessen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;Predicted %1 ± %2, from lines through the measured times of a run&apos;s steps and, where its device tells, of the MLPs within them. It leaves out pauses of a busy machine.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Vorausgesagt %1 ± %2, aus Geraden durch die gemessenen Zeiten der Schritte eines Laufs und, wo sein Gerät sie nennt, der MLPs darin. Pausen eines beschäftigten Rechners sind ausgelassen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;The times of this run do not tell what replay saves. Where the device does not tell what MLPs take, run once with some replay.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Aus den Zeiten dieses Laufs ist nicht zu ersehen, was Replay spart. Wo das Gerät nicht nennt, was MLPs brauchen, führen Sie einmal einen mit etwas Replay aus.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::EmptyPage</name>
    <message>
        <source>Try one of these</source>
        <translation>Zum Beispiel</translation>
    </message>
    <message>
        <source>Open model folder…</source>
        <translation>Modellordner öffnen…</translation>
    </message>
    <message>
        <source>Open the model that came with the program</source>
        <translation>Mitgeliefertes Modell öffnen</translation>
    </message>
    <message>
        <source>Or type a prompt on the left and press Ctrl+Enter.</source>
        <translation>Oder geben Sie links einen Prompt ein und drücken Sie Strg+Eingabe.</translation>
    </message>
    <message>
        <source>Make this video</source>
        <translation>Dieses Video erzeugen</translation>
    </message>
    <message>
        <source>Opening the model…</source>
        <translation>Modell wird geöffnet…</translation>
    </message>
    <message>
        <source>No model is open</source>
        <translation>Kein Modell geöffnet</translation>
    </message>
    <message>
        <source>Open the folder of a VILA-U checkpoint: the one with llm, mm_projector and vision_tower in it. It may also be dropped onto this window.</source>
        <translation>Öffnen Sie den Ordner eines VILA-U-Checkpoints: den, der llm, mm_projector und vision_tower enthält. Er lässt sich auch auf dieses Fenster ziehen.</translation>
    </message>
    <message>
        <source>What should the video show?</source>
        <translation>Was soll das Video zeigen?</translation>
    </message>
    <message>
        <source>%1 is ready.</source>
        <translation>%1 ist bereit.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Type a prompt on the left and press Ctrl+Enter.</source>
        <translation>Geben Sie links einen Prompt ein und drücken Sie Strg+Eingabe.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::EndedRun</name>
    <message>
        <source>Go on on %1</source>
        <translation>Weiter auf %1</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiterführen</translation>
    </message>
    <message>
        <source>Save video…</source>
        <translation>Video speichern…</translation>
    </message>
    <message>
        <source>Done, on %1.</source>
        <translation>Fertig, auf %1.</translation>
    </message>
    <message>
        <source>Its numbers are not those of the device before: from token %1 on the codes are its own, and not those of a run that never stopped.</source>
        <translation>Seine Zahlen sind nicht die des Geräts davor: Ab Token %1 sind die Codes seine eigenen und nicht die eines Laufs, der nie anhielt.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::ExportDialog</name>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>%1 is there already. Replace it?</source>
        <translation>%1 gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>%1 of these files are there already. Replace them?</source>
        <translation>%1 dieser Dateien gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>Export to</source>
        <translation>Exportieren nach</translation>
    </message>
    <message>
        <source>Written: %1</source>
        <translation>Geschrieben: %1</translation>
    </message>
    <message>
        <source>Written: %1 files, %2 to %3</source>
        <translation>Geschrieben: %1 Dateien, %2 bis %3</translation>
    </message>
    <message>
        <source>Cancelled. Nothing was written.</source>
        <translation>Abgebrochen. Es wurde nichts geschrieben.</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>Stills</source>
        <translation>Einzelbilder</translation>
    </message>
    <message>
        <source>Contact sheet</source>
        <translation>Kontaktbogen</translation>
    </message>
    <message>
        <source>Trace</source>
        <translation>Trace</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>&amp;Browse…</source>
        <translation>D&amp;urchsuchen…</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>&amp;Export</source>
        <translation>&amp;Exportieren</translation>
    </message>
    <message>
        <source>A trace has no picture.</source>
        <translation>Ein Trace hat kein Bild.</translation>
    </message>
    <message>
        <source>There is no whole frame yet.</source>
        <translation>Noch ist kein Bild vollständig.</translation>
    </message>
    <message>
        <source>Say which file is to be written.</source>
        <translation>Nennen Sie die Datei, die geschrieben werden soll.</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>&amp;Close</source>
        <translation>&amp;Schließen</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::ExportForms</name>
    <message>
        <source>Enlarged</source>
        <translation>Vergrößert</translation>
    </message>
    <message>
        <source>How many pixels of the file a pixel of the model is wide: a whole number</source>
        <translation>Wie viele Pixel der Datei ein Pixel des Modells breit ist: eine ganze Zahl</translation>
    </message>
    <message>
        <source>Pixels</source>
        <translation>Pixel</translation>
    </message>
    <message>
        <source>As squares</source>
        <translation>Als Quadrate</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>Geglättet</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;As squares&lt;/b&gt;: the model&apos;s pixels as they are. &lt;b&gt;Smooth&lt;/b&gt;: between them it is interpolated.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Als Quadrate&lt;/b&gt;: die Pixel des Modells, wie sie sind. &lt;b&gt;Geglättet&lt;/b&gt;: Dazwischen wird interpoliert.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Overlay</source>
        <translation>Overlay</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keines</translation>
    </message>
    <message>
        <source>Burned in</source>
        <translation>Eingebrannt</translation>
    </message>
    <message>
        <source>Beside the picture</source>
        <translation>Neben dem Bild</translation>
    </message>
    <message>
        <source>&lt;p&gt;What the viewer shows over the picture now: heatmap, replay mask and grid of the chosen layer and row.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Was der Betrachter jetzt über dem Bild zeigt: Heatmap, Replay-Maske und Raster der gewählten Schicht und Zeile.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>MP4, H.264</source>
        <translation>MP4, H.264</translation>
    </message>
    <message>
        <source>WebM, VP9</source>
        <translation>WebM, VP9</translation>
    </message>
    <message>
        <source>Matroska, lossless</source>
        <translation>Matroska, verlustfrei</translation>
    </message>
    <message>
        <source>Animated GIF</source>
        <translation>Animiertes GIF</translation>
    </message>
    <message>
        <source>Animated PNG</source>
        <translation>Animiertes PNG</translation>
    </message>
    <message>
        <source>Strip of frames, PNG</source>
        <translation>Bildstreifen, PNG</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source> fps</source>
        <translation> fps</translation>
    </message>
    <message>
        <source>Plays</source>
        <translation>Durchläufe</translation>
    </message>
    <message>
        <source>As is usual</source>
        <translation>Wie üblich</translation>
    </message>
    <message>
        <source>&lt;p&gt;How often it is played. Usual is in a loop without end for GIF and APNG, and once for the others, whose frames are written that often.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Wie oft es abgespielt wird. Üblich ist eine endlose Schleife bei GIF und APNG und einmal bei den übrigen, deren Bilder entsprechend oft geschrieben werden.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>The one that is shown</source>
        <translation>Das gezeigte</translation>
    </message>
    <message>
        <source>All, numbered</source>
        <translation>Alle, nummeriert</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>Zeilen</translation>
    </message>
    <message>
        <source>&lt;p&gt;Where there is less room than the run has frames (%1), frames at equal distances are shown.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Wo weniger Platz ist, als der Lauf Bilder hat (%1), werden Bilder in gleichen Abständen gezeigt.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Papier</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Numbers of the frames</source>
        <translation>Nummern der Bilder</translation>
    </message>
    <message>
        <source>Prompt, seed and replay</source>
        <translation>Prompt, Startwert und Replay</translation>
    </message>
    <message>
        <source>NumPy arrays</source>
        <translation>NumPy-Arrays</translation>
    </message>
    <message>
        <source>Table, CSV</source>
        <translation>Tabelle, CSV</translation>
    </message>
    <message>
        <source>Events, for Perfetto</source>
        <translation>Ereignisse, für Perfetto</translation>
    </message>
    <message>
        <source>A line</source>
        <translation>Eine Zeile</translation>
    </message>
    <message>
        <source>For each decision</source>
        <translation>Je Entscheidung</translation>
    </message>
    <message>
        <source>For each token</source>
        <translation>Je Token</translation>
    </message>
    <message>
        <source>Plot</source>
        <translation>Diagramm</translation>
    </message>
    <message>
        <source>Picture, PNG</source>
        <translation>Bild, PNG</translation>
    </message>
    <message>
        <source>Drawing, SVG</source>
        <translation>Zeichnung, SVG</translation>
    </message>
    <message>
        <source>The numbers, CSV</source>
        <translation>Die Zahlen, CSV</translation>
    </message>
    <message>
        <source>FastCar trace</source>
        <translation>FastCar-Trace</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::FigureTable</name>
    <message>
        <source>Cycles</source>
        <translation>Takte</translation>
    </message>
    <message>
        <source>Time a step</source>
        <translation>Zeit je Schritt</translation>
    </message>
    <message>
        <source>Steps a second</source>
        <translation>Schritte je Sekunde</translation>
    </message>
    <message>
        <source>DRS gains</source>
        <translation>Gewinn durch DRS</translation>
    </message>
    <message>
        <source>Replay gains</source>
        <translation>Gewinn durch Replay</translation>
    </message>
    <message>
        <source>Cores busy</source>
        <translation>Kerne belegt</translation>
    </message>
    <message>
        <source>Lanes busy</source>
        <translation>Rechenbahnen belegt</translation>
    </message>
    <message>
        <source>Vector unit busy</source>
        <translation>Vektoreinheit belegt</translation>
    </message>
    <message>
        <source>Attention busy</source>
        <translation>Attention belegt</translation>
    </message>
    <message>
        <source>Ports busy</source>
        <translation>Ports belegt</translation>
    </message>
    <message>
        <source>Bandwidth used</source>
        <translation>Bandbreite genutzt</translation>
    </message>
    <message>
        <source>Read and written</source>
        <translation>Speicherverkehr</translation>
    </message>
    <message>
        <source>Stall: no weights</source>
        <translation>Stau: keine Gewichte</translation>
    </message>
    <message>
        <source>Stall: no room</source>
        <translation>Stau: kein Platz</translation>
    </message>
    <message>
        <source>Stream: no beat</source>
        <translation>Strom: kein Beat</translation>
    </message>
    <message>
        <source>Stream: no slot</source>
        <translation>Strom: kein Fach</translation>
    </message>
    <message>
        <source>DRS maps</source>
        <translation>DRS-Zuordnungen</translation>
    </message>
    <message>
        <source>Energy a step</source>
        <translation>Energie je Schritt</translation>
    </message>
    <message>
        <source>computing, memory, idle</source>
        <translation>Rechnen, Speicher, Leerlauf</translation>
    </message>
    <message>
        <source>Time a video</source>
        <translation>Zeit je Video</translation>
    </message>
    <message>
        <source>Energy a video</source>
        <translation>Energie je Video</translation>
    </message>
    <message>
        <source>Steps of the backbone alone: the depth transformer, sampling and pixels are the processor&apos;s and not in it.</source>
        <translation>Nur Schritte des Backbones: Depth-Transformer, Sampling und Pixel sind Sache des Prozessors und nicht enthalten.</translation>
    </message>
    <message>
        <source>Cycles with the fixed map (static), of these</source>
        <translation>Takte mit der festen Zuordnung (statisch), im Verhältnis dazu</translation>
    </message>
    <message>
        <source>Cycles as if nothing of the step were replayed, of these</source>
        <translation>Takte, als wäre im Schritt nichts Replay, im Verhältnis dazu</translation>
    </message>
    <message>
        <source>Of the cycles of all cores</source>
        <translation>Von den Takten aller Kerne</translation>
    </message>
    <message>
        <source>int8 multiply-adds a cycle, mean over the step, of those that the card has</source>
        <translation>int8-Multiply-Adds je Takt, Mittel über den Schritt, von denen der Karte</translation>
    </message>
    <message>
        <source>Beats of 64 bytes, of what the ports could carry in that time</source>
        <translation>Beats zu 64 Byte, von dem, was die Ports in dieser Zeit tragen könnten</translation>
    </message>
    <message>
        <source>A core had a job and its tile of weights was not there: of all cores&apos; cycles</source>
        <translation>Ein Kern hatte Arbeit, und seine Kachel Gewichte war nicht da: von den Takten aller Kerne</translation>
    </message>
    <message>
        <source>A core had sums and the collector no room: of all cores&apos; cycles</source>
        <translation>Ein Kern hatte Summen und der Sammler keinen Platz: von den Takten aller Kerne</translation>
    </message>
    <message>
        <source>Weights were asked for and no beat was there: memory is the limit</source>
        <translation>Gewichte waren angefordert, und kein Beat war da: Der Speicher ist die Grenze</translation>
    </message>
    <message>
        <source>A beat of weights was there and no slot: computing is the limit</source>
        <translation>Ein Beat Gewichte war da und kein Fach frei: Das Rechnen ist die Grenze</translation>
    </message>
    <message>
        <source>Cycles in which DRS fills its mapping registers</source>
        <translation>Takte, in denen DRS seine Zuordnungsregister füllt</translation>
    </message>
    <message>
        <source>An estimate from activity; never a measurement</source>
        <translation>Eine Schätzung aus der Aktivität; nie eine Messung</translation>
    </message>
    <message>
        <source>All decode steps of the backbone, from the mean of those that are timed</source>
        <translation>Alle Decode-Schritte des Backbones, aus dem Mittel der ermittelten</translation>
    </message>
    <message>
        <source>Counted</source>
        <translation>Gezählt</translation>
    </message>
    <message>
        <source>counted by the card, under %1</source>
        <translation>von der Karte gezählt, mit %1</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Estimate (cycle model)</source>
        <translation>Schätzung (Taktmodell)</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::FilmStrip</name>
    <message>
        <source>Frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Frame %1 of %2</source>
        <translation>Bild %1 von %2</translation>
    </message>
    <message>
        <source>Frames of the clip: click or drag to look at one, arrow keys step</source>
        <translation>Bilder des Clips: klicken oder ziehen, um eines anzusehen; Pfeiltasten gehen weiter</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::FramePlot</name>
    <message>
        <source>%1 by frame</source>
        <translation>%1 je Bild</translation>
    </message>
    <message>
        <source>Frame %1: A %2, B %3</source>
        <translation>Bild %1: A %2, B %3</translation>
    </message>
    <message>
        <source>Frame %1: %2</source>
        <translation>Bild %1: %2</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::GanttView</name>
    <message>
        <source>Timeline of the card&apos;s units</source>
        <translation>Zeitleiste der Einheiten der Karte</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>%1: %2 of %3 busy</source>
        <translation>%1: %2 von %3 belegt</translation>
    </message>
    <message>
        <source>Click the name to see each of them</source>
        <translation>Ein Klick auf den Namen zeigt jede einzeln</translation>
    </message>
    <message>
        <source>Layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>%1 of %2 rows replayed</source>
        <translation>%1 von %2 Zeilen Replay</translation>
    </message>
    <message>
        <source>%1 cycles, %2</source>
        <translation>%1 Takte, %2</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::GeneralPage</name>
    <message>
        <source>Folder of the library</source>
        <translation>Ordner der Bibliothek</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>Aussehen</translation>
    </message>
    <message>
        <source>&amp;Theme</source>
        <translation>&amp;Design</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>&lt;p&gt;The system&apos;s theme is told by its colours; where it does not tell them to programs, that is light.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Das Design des Systems ist an seinen Farben zu erkennen; wo es sie Programmen nicht mitteilt, ist es hell.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Te&amp;xt size</source>
        <translation>Te&amp;xtgröße</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>&amp;Video is drawn by</source>
        <translation>&amp;Video gezeichnet von</translation>
    </message>
    <message>
        <source>Vulkan, where it is there</source>
        <translation>Vulkan, wo vorhanden</translation>
    </message>
    <message>
        <source>QPainter</source>
        <translation>QPainter</translation>
    </message>
    <message>
        <source>That of the system</source>
        <translation>Die des Systems</translation>
    </message>
    <message>
        <source>&amp;Language</source>
        <translation>S&amp;prache</translation>
    </message>
    <message>
        <source>&lt;p&gt;Another language is there at the next start.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Eine andere Sprache gilt ab dem nächsten Start.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Another language is there at the next start.</source>
        <translation>Eine andere Sprache gilt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>Runs</source>
        <translation>Läufe</translation>
    </message>
    <message>
        <source>That of the last run</source>
        <translation>Das des letzten Laufs</translation>
    </message>
    <message>
        <source>&amp;Device at the start</source>
        <translation>&amp;Gerät beim Start</translation>
    </message>
    <message>
        <source>&amp;Previews a second</source>
        <translation>V&amp;orschauen je Sekunde</translation>
    </message>
    <message>
        <source>&lt;p&gt;How often the frame in progress is drawn while a run goes on. Fewer leave more of the processor to the run.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Wie oft das entstehende Bild während eines Laufs gezeichnet wird. Weniger lassen dem Lauf mehr vom Prozessor.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>T&amp;hreads</source>
        <translation>Th&amp;reads</translation>
    </message>
    <message>
        <source>one for each core</source>
        <translation>einer je Kern</translation>
    </message>
    <message>
        <source>&lt;p&gt;With how many the processor computes. The video is the same with any number. Holds from the next run on.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Mit wie vielen der Prozessor rechnet. Das Video ist bei jeder Anzahl dasselbe. Gilt ab dem nächsten Lauf.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>Dateien</translation>
    </message>
    <message>
        <source>where the system keeps data of programs</source>
        <translation>wo das System Programmdaten ablegt</translation>
    </message>
    <message>
        <source>Choose the library&apos;s folder</source>
        <translation>Ordner der Bibliothek wählen</translation>
    </message>
    <message>
        <source>Li&amp;brary</source>
        <translation>&amp;Bibliothek</translation>
    </message>
    <message>
        <source>Vie&amp;ws during a run</source>
        <translation>Ans&amp;ichten während eines Laufs</translation>
    </message>
    <message>
        <source>Smooth</source>
        <translation>Flüssig</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Ausgewogen</translation>
    </message>
    <message>
        <source>Spare the generation</source>
        <translation>Die Erzeugung schonen</translation>
    </message>
    <message>
        <source>&lt;p&gt;Where a run fills all cores, it loses the time that drawing takes. Views follow it 25 times a second where that is cheap, and less where it is not: &lt;b&gt;smooth&lt;/b&gt; down to 10 times, &lt;b&gt;balanced&lt;/b&gt; to 4, &lt;b&gt;spare the generation&lt;/b&gt; to once a second. What you do yourself is drawn at once.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Füllt ein Lauf alle Kerne, so verliert er die Zeit, die das Zeichnen braucht. Die Ansichten folgen ihm 25-mal in der Sekunde, wo das wenig kostet, und sonst seltener: &lt;b&gt;flüssig&lt;/b&gt; bis hinab zu 10-mal, &lt;b&gt;ausgewogen&lt;/b&gt; zu 4-mal, &lt;b&gt;die Erzeugung schonen&lt;/b&gt; zu einmal in der Sekunde. Was man selbst tut, wird sofort gezeichnet.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::HardwarePanel</name>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>Save the timeline</source>
        <translation>Zeitleiste speichern</translation>
    </message>
    <message>
        <source>Picture, PNG (*.png);;Drawing, SVG (*.svg);;Spans, CSV (*.csv)</source>
        <translation>Bild, PNG (*.png);;Zeichnung, SVG (*.svg);;Spannen, CSV (*.csv)</translation>
    </message>
    <message>
        <source>%1 cycles, %2</source>
        <translation>%1 Takte, %2</translation>
    </message>
    <message>
        <source>, %1× as fast as static</source>
        <translation>, %1× so schnell wie statisch</translation>
    </message>
    <message>
        <source>No card is described</source>
        <translation>Keine Karte ist beschrieben</translation>
    </message>
    <message>
        <source>This build has no cycle model of an accelerator card, so there is nothing to show here.</source>
        <translation>Dieser Build hat kein Taktmodell einer Beschleunigerkarte; darum gibt es hier nichts zu zeigen.</translation>
    </message>
    <message>
        <source>The model of this run is not open</source>
        <translation>Das Modell dieses Laufs ist nicht geöffnet</translation>
    </message>
    <message>
        <source>Open %1, and this panel says what each of the run&apos;s steps takes on %2.</source>
        <translation>Öffnen Sie %1, und dieses Panel sagt, wie lange jeder Schritt des Laufs auf %2 dauert.</translation>
    </message>
    <message>
        <source>No model is open</source>
        <translation>Kein Modell geöffnet</translation>
    </message>
    <message>
        <source>Open one, and this panel says what each of its steps takes on %1.</source>
        <translation>Öffnen Sie eines, und dieses Panel sagt, wie lange jeder seiner Schritte auf %1 dauert.</translation>
    </message>
    <message>
        <source>No timing on %1</source>
        <translation>Keine Zeiten auf %1</translation>
    </message>
    <message>
        <source>Nothing has run yet</source>
        <translation>Noch kein Lauf</translation>
    </message>
    <message>
        <source>Generate a video: each of its steps appears here as %1 would run it, with what replay leaves free and what DRS makes of it.</source>
        <translation>Erzeugen Sie ein Video: Jeder Schritt erscheint hier so, wie %1 ihn ausführen würde, mit dem, was Replay frei lässt und was DRS daraus macht.</translation>
    </message>
    <message>
        <source>No step yet</source>
        <translation>Noch kein Schritt</translation>
    </message>
    <message>
        <source>The first one appears as soon as it is decided.</source>
        <translation>Der erste erscheint, sobald er entschieden ist.</translation>
    </message>
    <message>
        <source>Timing the step…</source>
        <translation>Zeit des Schritts wird ermittelt…</translation>
    </message>
    <message>
        <source>A large model takes a second or two.</source>
        <translation>Ein großes Modell braucht ein, zwei Sekunden.</translation>
    </message>
    <message>
        <source>estimate (cycle model)</source>
        <translation>Schätzung (Taktmodell)</translation>
    </message>
    <message>
        <source>Step %1: frame %2, position %3</source>
        <translation>Schritt %1: Bild %2, Position %3</translation>
    </message>
    <message>
        <source> (timing step %1…)</source>
        <translation> (Zeit von Schritt %1 wird ermittelt…)</translation>
    </message>
    <message>
        <source>%1 (estimate)</source>
        <translation>%1 (Schätzung)</translation>
    </message>
    <message>
        <source>%1 steps/s</source>
        <translation>%1 Schritte/s</translation>
    </message>
    <message>
        <source>cores %1</source>
        <translation>Kerne %1</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>DRS</source>
        <translation>DRS</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Dynamic Resource Scheduling&lt;/b&gt;: which core computes which row. It says how long a step takes, never what it computes. The run that goes on takes it from its next token on.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Dynamic Resource Scheduling&lt;/b&gt;: welcher Kern welche Zeile rechnet. Es bestimmt, wie lange ein Schritt dauert, nie, was er berechnet. Der jetzige Lauf übernimmt es ab seinem nächsten Token.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleichen mit</translation>
    </message>
    <message>
        <source>A second timeline of the same step, on the same axis</source>
        <translation>Eine zweite Zeitleiste desselben Schritts, auf derselben Achse</translation>
    </message>
    <message>
        <source>Compare with…</source>
        <translation>Vergleichen mit…</translation>
    </message>
    <message>
        <source>vs %1</source>
        <translation>gegen %1</translation>
    </message>
    <message>
        <source>Figures</source>
        <translation>Kennzahlen</translation>
    </message>
    <message>
        <source>The figures of the step as a table</source>
        <translation>Die Kennzahlen des Schritts als Tabelle</translation>
    </message>
    <message>
        <source>More about the timeline</source>
        <translation>Mehr zur Zeitleiste</translation>
    </message>
    <message>
        <source>Figures of the step</source>
        <translation>Kennzahlen des Schritts</translation>
    </message>
    <message>
        <source>&amp;Save timeline as…</source>
        <translation>Zeitleiste &amp;speichern unter…</translation>
    </message>
    <message>
        <source>Zoom &amp;in	W</source>
        <translation>&amp;Vergrößern	W</translation>
    </message>
    <message>
        <source>Zoom &amp;out	S</source>
        <translation>Ver&amp;kleinern	S</translation>
    </message>
    <message>
        <source>&amp;Whole step	Home</source>
        <translation>&amp;Ganzer Schritt	Pos1</translation>
    </message>
    <message>
        <source>The chosen &amp;layer	F</source>
        <translation>Gewählte S&amp;chicht	F</translation>
    </message>
    <message>
        <source>No card</source>
        <translation>Keine Karte</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::HeatmapBar</name>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>The layer whose TAS and decisions are shown ( [ and ] )</source>
        <translation>Die Schicht, deren TAS und Entscheidungen zu sehen sind ( [ und ] )</translation>
    </message>
    <message>
        <source>Row</source>
        <translation>Zeile</translation>
    </message>
    <message>
        <source>&lt;p&gt;With guidance a video runs as two rows: the &lt;b&gt;conditional&lt;/b&gt; one reads the prompt, the &lt;b&gt;unconditional&lt;/b&gt; one does not.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Mit Guidance läuft ein Video als zwei Zeilen: Die &lt;b&gt;bedingte&lt;/b&gt; liest den Prompt, die &lt;b&gt;unbedingte&lt;/b&gt; nicht.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Heatmap</source>
        <translation>Heatmap</translation>
    </message>
    <message>
        <source>Layers replayed</source>
        <translation>Schichten mit Replay</translation>
    </message>
    <message>
        <source>Drift</source>
        <translation>Drift</translation>
    </message>
    <message>
        <source>Replay mask</source>
        <translation>Replay-Maske</translation>
    </message>
    <message>
        <source>Token grid</source>
        <translation>Token-Raster</translation>
    </message>
    <message>
        <source>How strongly each overlay covers the picture</source>
        <translation>Wie stark jedes Overlay das Bild bedeckt</translation>
    </message>
    <message>
        <source>Opacity of the overlays</source>
        <translation>Deckkraft der Overlays</translation>
    </message>
    <message>
        <source>Opacity: %1</source>
        <translation>Deckkraft: %1</translation>
    </message>
    <message>
        <source>Layer %1 of %2</source>
        <translation>Schicht %1 von %2</translation>
    </message>
    <message>
        <source>Conditional</source>
        <translation>Bedingt</translation>
    </message>
    <message>
        <source>Unconditional</source>
        <translation>Unbedingt</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::HeatmapLegend</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>computed</source>
        <translation>berechnet</translation>
    </message>
    <message>
        <source>replayed</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>both computed</source>
        <translation>beide berechnet</translation>
    </message>
    <message>
        <source>both replayed</source>
        <translation>beide Replay</translation>
    </message>
    <message>
        <source>conditional alone</source>
        <translation>nur bedingte</translation>
    </message>
    <message>
        <source>unconditional alone</source>
        <translation>nur unbedingte</translation>
    </message>
    <message>
        <source>frames on end</source>
        <translation>Bilder in Folge</translation>
    </message>
    <message>
        <source>Legend of the heatmap</source>
        <translation>Legende der Heatmap</translation>
    </message>
    <message>
        <source>%1 from %2 to %3</source>
        <translation>%1 von %2 bis %3</translation>
    </message>
    <message>
        <source>, threshold of layer %1: %2</source>
        <translation>, Schwelle von Schicht %1: %2</translation>
    </message>
    <message>
        <source>TAS: from frame 2 on</source>
        <translation>TAS: ab Bild 2</translation>
    </message>
    <message>
        <source>%1, conditional less unconditional</source>
        <translation>%1, bedingte minus unbedingte</translation>
    </message>
    <message>
        <source>τ %1 of layer %2</source>
        <translation>τ %1 von Schicht %2</translation>
    </message>
    <message>
        <source>not eligible</source>
        <translation>nicht zulässig</translation>
    </message>
    <message>
        <source>to come</source>
        <translation>folgt noch</translation>
    </message>
    <message>
        <source>no score</source>
        <translation>kein Wert</translation>
    </message>
    <message>
        <source>Drift from 0 to %1 levels of 255</source>
        <translation>Drift von 0 bis %1 Stufen von 255</translation>
    </message>
    <message>
        <source>%1+ levels of 255</source>
        <translation>%1+ Stufen von 255</translation>
    </message>
    <message>
        <source>cond. alone</source>
        <translation>nur bed.</translation>
    </message>
    <message>
        <source>uncond. alone</source>
        <translation>nur unbed.</translation>
    </message>
    <message>
        <source>&lt;p&gt;The colours span what the run has shown so far, but for the outermost 2 % of its scores at either end. The triangle is the threshold of the chosen layer: what lies to its right is replayed.&lt;/p&gt;&lt;p&gt;&lt;b&gt;No score&lt;/b&gt;: the token has no earlier frame to be compared with, so it has none; frame 1 is always computed. &lt;b&gt;Not eligible&lt;/b&gt;: it could not have been replayed. &lt;b&gt;No step&lt;/b&gt;: the last token ends the clip, and no step reads it.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Die Farben umspannen, was der Lauf bisher gezeigt hat, bis auf die äußersten 2 % der TAS-Werte an jedem Ende. Das Dreieck ist die Schwelle der gewählten Schicht: Was rechts davon liegt, ist Replay.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Kein Wert&lt;/b&gt;: Das Token hat kein früheres Bild zum Vergleich; Bild 1 wird immer berechnet. &lt;b&gt;Nicht zulässig&lt;/b&gt;: Es hätte nicht Replay sein können. &lt;b&gt;Kein Schritt&lt;/b&gt;: Das letzte Token beendet den Clip, kein Schritt liest es.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>no step</source>
        <translation>kein Schritt</translation>
    </message>
    <message>
        <source>not made</source>
        <translation>nicht erzeugt</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::HeatmapPanel</name>
    <message>
        <source>Heatmaps</source>
        <translation>Heatmaps</translation>
    </message>
    <message>
        <source>Kind of heatmap</source>
        <translation>Art der Heatmap</translation>
    </message>
    <message>
        <source>Value of the heatmap</source>
        <translation>Wert der Heatmap</translation>
    </message>
    <message>
        <source>Row of the heatmap</source>
        <translation>Zeile der Heatmap</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Heatmap as numbers</source>
        <translation>Heatmap als Zahlen</translation>
    </message>
    <message>
        <source>The same as numbers, to read and to copy</source>
        <translation>Dasselbe als Zahlen, zum Lesen und Kopieren</translation>
    </message>
    <message>
        <source>More about the heatmap</source>
        <translation>Mehr zur Heatmap</translation>
    </message>
    <message>
        <source>&amp;Copy the table as CSV</source>
        <translation>Tabelle als &amp;CSV kopieren</translation>
    </message>
    <message>
        <source>Heatmap as a table</source>
        <translation>Heatmap als Tabelle</translation>
    </message>
    <message>
        <source>Conditional</source>
        <translation>Bedingt</translation>
    </message>
    <message>
        <source>Unconditional</source>
        <translation>Unbedingt</translation>
    </message>
    <message>
        <source>Difference</source>
        <translation>Differenz</translation>
    </message>
    <message>
        <source>&lt;p&gt;One of the video&apos;s rows, or the conditional row&apos;s less the unconditional one&apos;s.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Eine der Zeilen des Videos, oder die bedingte minus die unbedingte.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&amp;Record each head&apos;s scores</source>
        <translation>&amp;Werte jedes Kopfes aufzeichnen</translation>
    </message>
    <message>
        <source>&lt;p&gt;From the next run on, for &lt;b&gt;Heads of a token&lt;/b&gt;. The trace grows by four bytes for each head.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Ab dem nächsten Lauf, für &lt;b&gt;Köpfe eines Tokens&lt;/b&gt;. Der Trace wächst je Kopf um vier Byte.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::HeatmapTable</name>
    <message>
        <source>frame %1</source>
        <translation>Bild %1</translation>
    </message>
    <message>
        <source>layer %1</source>
        <translation>Schicht %1</translation>
    </message>
    <message>
        <source>position %1</source>
        <translation>Position %1</translation>
    </message>
    <message>
        <source>head %1</source>
        <translation>Kopf %1</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::HeatmapView</name>
    <message>
        <source>Heatmap</source>
        <translation>Heatmap</translation>
    </message>
    <message>
        <source>layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>frame</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>position</source>
        <translation>Position</translation>
    </message>
    <message>
        <source>head</source>
        <translation>Kopf</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::HistoryPopup</name>
    <message>
        <source>Search the prompts</source>
        <translation>Prompts suchen</translation>
    </message>
    <message>
        <source>Search the prompts of earlier runs</source>
        <translation>Prompts früherer Läufe suchen</translation>
    </message>
    <message>
        <source>Prompts</source>
        <translation>Prompts</translation>
    </message>
    <message>
        <source>Favourite, or no longer (Ctrl+D)</source>
        <translation>Favorit oder nicht mehr (Strg+D)</translation>
    </message>
    <message>
        <source>Remove from the history (Shift+Del)</source>
        <translation>Aus dem Verlauf entfernen (Umschalt+Entf)</translation>
    </message>
    <message>
        <source>↑ ↓ choose, Enter takes</source>
        <translation>↑ ↓ wählen, Eingabe übernimmt</translation>
    </message>
    <message>
        <source>%1, favourite</source>
        <translation>%1, Favorit</translation>
    </message>
    <message>
        <source>Prompts stand here once a run was made from them.</source>
        <translation>Prompts stehen hier, sobald ein Lauf daraus entstand.</translation>
    </message>
    <message>
        <source>No prompt has all of these words.</source>
        <translation>Kein Prompt hat alle diese Wörter.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::KeyEditor</name>
    <message>
        <source>New keys</source>
        <translation>Neue Tasten</translation>
    </message>
    <message>
        <source>Press the new keys here</source>
        <translation>Hier die neuen Tasten drücken</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>No key</source>
        <translation>Keine Taste</translation>
    </message>
    <message>
        <source>As at first</source>
        <translation>Wie anfangs</translation>
    </message>
    <message>
        <source>Keys of “%1”</source>
        <translation>Tasten von „%1“</translation>
    </message>
    <message>
        <source>Choose an action to change its keys.</source>
        <translation>Wählen Sie eine Aktion, um ihre Tasten zu ändern.</translation>
    </message>
    <message>
        <source>Take them</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>These keys belong to “%1”. Taking them leaves it without.</source>
        <translation>Diese Tasten gehören zu „%1“. Werden sie übernommen, hat es keine mehr.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::KeySheet</name>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
    <message>
        <source>Change keys…</source>
        <translation>Tasten ändern…</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::KeyView</name>
    <message>
        <source>Search actions and keys</source>
        <translation>Aktionen und Tasten suchen</translation>
    </message>
    <message>
        <source>Search: a name, a panel, a key</source>
        <translation>Suchen: ein Name, ein Panel, eine Taste</translation>
    </message>
    <message>
        <source>Actions and their keys</source>
        <translation>Aktionen und ihre Tasten</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Tasten</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::LayerActions</name>
    <message>
        <source>&amp;Flat</source>
        <translation>&amp;Flach</translation>
    </message>
    <message>
        <source>&amp;Ramp from the first to the last</source>
        <translation>&amp;Rampe von der ersten zur letzten</translation>
    </message>
    <message>
        <source>As &amp;calibrated for</source>
        <translation>&amp;Kalibriert für</translation>
    </message>
    <message>
        <source>From this run&apos;s &amp;scores</source>
        <translation>Aus den &amp;TAS-Werten dieses Laufs</translation>
    </message>
    <message>
        <source>&amp;Off, on</source>
        <translation>&amp;Aus, ein</translation>
    </message>
    <message>
        <source>&amp;Back to the calibration</source>
        <translation>&amp;Zurück zur Kalibrierung</translation>
    </message>
    <message>
        <source>Co&amp;py all thresholds</source>
        <translation>Alle Schwellen ko&amp;pieren</translation>
    </message>
    <message>
        <source>P&amp;aste thresholds</source>
        <translation>Schwellen &amp;einfügen</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>Alle Schichten</translation>
    </message>
    <message>
        <source>Layers %1</source>
        <translation>Schichten %1</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>%1 % above</source>
        <translation>%1 % darüber</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::LayerSliderDelegate</name>
    <message>
        <source>Threshold of layer %1</source>
        <translation>Schwelle von Schicht %1</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::LayerSliders</name>
    <message>
        <source>Thresholds by layer</source>
        <translation>Schwellen je Schicht</translation>
    </message>
    <message>
        <source>A slider for each layer appears here as soon as a model is open</source>
        <translation>Ein Regler je Schicht erscheint hier, sobald ein Modell geöffnet ist</translation>
    </message>
    <message>
        <source>Threshold of layer %1</source>
        <translation>Schwelle von Schicht %1</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::LayerTable</name>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>off</source>
        <translation>aus</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>outside of the layers where replay is allowed</source>
        <translation>außerhalb der Schichten, in denen Replay erlaubt ist</translation>
    </message>
    <message>
        <source>%1 % predicted to replay</source>
        <translation>%1 % Replay vorausgesagt</translation>
    </message>
    <message>
        <source>%1 % did: %2 of %3 eligible</source>
        <translation>%1 % Replay: %2 von %3 zulässigen</translation>
    </message>
    <message>
        <source>nothing has run yet</source>
        <translation>noch kein Lauf</translation>
    </message>
    <message>
        <source>Layer %1, threshold %2: %3</source>
        <translation>Schicht %1, Schwelle %2: %3</translation>
    </message>
    <message>
        <source>Ticked: the layer may replay</source>
        <translation>Angehakt: Die Schicht darf Replay</translation>
    </message>
    <message>
        <source>Each layer&apos;s scores in this run, on its own scale. Coloured: replayed</source>
        <translation>Die TAS-Werte jeder Schicht in diesem Lauf, auf eigener Skala. Farbig: Replay</translation>
    </message>
    <message>
        <source>The layer replays where its TAS is greater. Double-click to type: a number, off, all</source>
        <translation>Die Schicht macht Replay, wo ihr TAS größer ist. Doppelklick zum Eintippen: eine Zahl, aus, alle</translation>
    </message>
    <message>
        <source>Of eligible, what is predicted to replay</source>
        <translation>Von zulässigen, was als Replay vorausgesagt ist</translation>
    </message>
    <message>
        <source>Of eligible, what replayed in this run</source>
        <translation>Von zulässigen, was in diesem Lauf Replay war</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>TAS</source>
        <translation>TAS</translation>
    </message>
    <message>
        <source>τ</source>
        <translation>τ</translation>
    </message>
    <message>
        <source>would</source>
        <translation>soll</translation>
    </message>
    <message>
        <source>did</source>
        <translation>ist</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::LayoutSwitch</name>
    <message>
        <source>Task layout</source>
        <translation>Aufgaben-Layout</translation>
    </message>
    <message>
        <source>Layout %1</source>
        <translation>Layout %1</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::LibraryDesk</name>
    <message>
        <source>The run could not be read.</source>
        <translation>Der Lauf konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>Runs are not kept.</source>
        <translation>Läufe werden nicht behalten.</translation>
    </message>
    <message>
        <source>The run is not kept any further.</source>
        <translation>Der Lauf wird nicht weiter behalten.</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiterführen</translation>
    </message>
    <message>
        <source>Keep what there is</source>
        <translation>Vorhandenes behalten</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>Verwerfen</translation>
    </message>
    <message>
        <source>“%1”: %2 of %3 tokens are there.</source>
        <translation>„%1“: %2 von %3 Token sind da.</translation>
    </message>
    <message>
        <source>The library has %1 more like it.</source>
        <translation>Die Bibliothek hat %1 weitere dieser Art.</translation>
    </message>
    <message>
        <source>A run was going on when the program ended.</source>
        <translation>Als das Programm endete, war ein Lauf im Gang.</translation>
    </message>
    <message>
        <source>A run is going on.</source>
        <translation>Ein Lauf ist im Gang.</translation>
    </message>
    <message>
        <source>Cancel it or wait until it is done, then show another one.</source>
        <translation>Brechen Sie ihn ab oder warten Sie, bis er fertig ist; zeigen Sie dann einen anderen.</translation>
    </message>
    <message>
        <source>There is nothing to save.</source>
        <translation>Es gibt nichts zu speichern.</translation>
    </message>
    <message>
        <source>No frame of this run is whole.</source>
        <translation>Kein Bild dieses Laufs ist vollständig.</translation>
    </message>
    <message>
        <source>The panels show what it came to: %1 tokens.</source>
        <translation>Die Panels zeigen, wie weit er kam: %1 Token.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::LibraryFilters</name>
    <message>
        <source>Search the library</source>
        <translation>Bibliothek durchsuchen</translation>
    </message>
    <message>
        <source>Search prompts and notes</source>
        <translation>Prompts und Notizen suchen</translation>
    </message>
    <message>
        <source>Words, or their beginnings</source>
        <translation>Wörter oder ihre Anfänge</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>Sortierung</translation>
    </message>
    <message>
        <source>Newest first</source>
        <translation>Neueste zuerst</translation>
    </message>
    <message>
        <source>Oldest first</source>
        <translation>Älteste zuerst</translation>
    </message>
    <message>
        <source>Best rated first</source>
        <translation>Beste Bewertung zuerst</translation>
    </message>
    <message>
        <source>Most replayed first</source>
        <translation>Meistes Replay zuerst</translation>
    </message>
    <message>
        <source>Longest first</source>
        <translation>Längste zuerst</translation>
    </message>
    <message>
        <source>Largest first</source>
        <translation>Größte zuerst</translation>
    </message>
    <message>
        <source>By prompt</source>
        <translation>Nach Prompt</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>All runs</source>
        <translation>Alle Läufe</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Can go on</source>
        <translation>Fortsetzbar</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>Any rating</source>
        <translation>Jede Bewertung</translation>
    </message>
    <message>
        <source>Rated</source>
        <translation>Bewertet</translation>
    </message>
    <message>
        <source>%1 stars or more</source>
        <translation>%1 Sterne oder mehr</translation>
    </message>
    <message>
        <source>%1 stars</source>
        <translation>%1 Sterne</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>Any replay</source>
        <translation>Jedes Replay</translation>
    </message>
    <message>
        <source>75 % or more</source>
        <translation>75 % oder mehr</translation>
    </message>
    <message>
        <source>50 to 75 %</source>
        <translation>50 bis 75 %</translation>
    </message>
    <message>
        <source>25 to 50 %</source>
        <translation>25 bis 50 %</translation>
    </message>
    <message>
        <source>25 % or less</source>
        <translation>25 % oder weniger</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Jede Zeit</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>Last 7 days</source>
        <translation>Letzte 7 Tage</translation>
    </message>
    <message>
        <source>Last 30 days</source>
        <translation>Letzte 30 Tage</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Filter löschen</translation>
    </message>
    <message>
        <source>Any device</source>
        <translation>Jedes Gerät</translation>
    </message>
    <message>
        <source>Any model</source>
        <translation>Jedes Modell</translation>
    </message>
    <message>
        <source>Filters</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filters (%1)</source>
        <translation>Filter (%1)</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::LibraryPanel</name>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Filter löschen</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>What the library takes on disk</source>
        <translation>Was die Bibliothek an Speicherplatz belegt</translation>
    </message>
    <message>
        <source>Clean up…</source>
        <translation>Aufräumen…</translation>
    </message>
    <message>
        <source>%1, %2</source>
        <translation>%1, %2</translation>
    </message>
    <message>
        <source>and %1 deleted, %2, until a clean-up</source>
        <translation>und %1 gelöschte, %2, bis zum Aufräumen</translation>
    </message>
    <message>
        <source>The library cannot be used.</source>
        <translation>Die Bibliothek ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>Runs are not kept.</source>
        <translation>Läufe werden nicht behalten.</translation>
    </message>
    <message>
        <source>The program was told to go without a library.</source>
        <translation>Dem Programm wurde gesagt, ohne Bibliothek auszukommen.</translation>
    </message>
    <message>
        <source>No run is like that.</source>
        <translation>Kein Lauf passt dazu.</translation>
    </message>
    <message>
        <source>Nothing has been made yet.</source>
        <translation>Noch wurde nichts erzeugt.</translation>
    </message>
    <message>
        <source>Every run comes here by itself while it goes: its pictures, its settings, and what was replayed, token by token. Press Generate to make the first.</source>
        <translation>Jeder Lauf kommt von selbst hierher, während er läuft: seine Bilder, seine Parameter und was Replay war, Token für Token. Erzeugen macht den ersten.</translation>
    </message>
    <message>
        <source>Looking into the library…</source>
        <translation>Bibliothek wird gelesen…</translation>
    </message>
    <message>
        <source>%1 deleted.</source>
        <translation>%1 gelöscht.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::MainWindow</name>
    <message>
        <source>Save video</source>
        <translation>Video speichern</translation>
    </message>
    <message>
        <source>MP4, H.264 (*.mp4);;WebM, VP9 (*.webm);;Matroska, lossless (*.mkv);;Animated GIF (*.gif);;Animated PNG (*.apng);;Strip of frames (*.png)</source>
        <translation>MP4, H.264 (*.mp4);;WebM, VP9 (*.webm);;Matroska, verlustfrei (*.mkv);;Animiertes GIF (*.gif);;Animiertes PNG (*.apng);;Bildstreifen (*.png)</translation>
    </message>
    <message>
        <source>Open a model folder</source>
        <translation>Modellordner öffnen</translation>
    </message>
    <message>
        <source>Settings are not kept.</source>
        <translation>Einstellungen werden nicht behalten.</translation>
    </message>
    <message>
        <source>%1 cannot be written: what is set now is forgotten when the program ends.</source>
        <translation>%1 kann nicht geschrieben werden: Was jetzt eingestellt wird, ist nach dem Programmende vergessen.</translation>
    </message>
    <message>
        <source>No model is open</source>
        <translation>Kein Modell geöffnet</translation>
    </message>
    <message>
        <source>Opening the model…</source>
        <translation>Modell wird geöffnet…</translation>
    </message>
    <message>
        <source>A prompt is missing</source>
        <translation>Ein Prompt fehlt</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message>
        <source>&amp;Generate</source>
        <translation>&amp;Erzeugen</translation>
    </message>
    <message>
        <source>&amp;Resume</source>
        <translation>&amp;Fortsetzen</translation>
    </message>
    <message>
        <source>&amp;Pause</source>
        <translation>&amp;Pause</translation>
    </message>
    <message>
        <source>Cancel and start o&amp;ver</source>
        <translation>Abbrechen und &amp;neu beginnen</translation>
    </message>
    <message>
        <source>&amp;Cancel</source>
        <translation>&amp;Abbrechen</translation>
    </message>
    <message>
        <source>C&amp;ontinue</source>
        <translation>&amp;Weiterführen</translation>
    </message>
    <message>
        <source>Go on with the run that was cancelled or failed, on the chosen device</source>
        <translation>Den abgebrochenen oder gescheiterten Lauf auf dem gewählten Gerät weiterführen</translation>
    </message>
    <message>
        <source>Back to the model&apos;s &amp;recommendations</source>
        <translation>E&amp;mpfehlungen des Modells</translation>
    </message>
    <message>
        <source>&amp;Open model folder…</source>
        <translation>Modellordner ö&amp;ffnen…</translation>
    </message>
    <message>
        <source>&amp;Save video as…</source>
        <translation>Video &amp;speichern unter…</translation>
    </message>
    <message>
        <source>Save a&amp;ll videos as…</source>
        <translation>A&amp;lle Videos speichern unter…</translation>
    </message>
    <message>
        <source>All videos of the run, into numbered files</source>
        <translation>Alle Videos des Laufs, in nummerierte Dateien</translation>
    </message>
    <message>
        <source>&amp;Export…</source>
        <translation>&amp;Exportieren…</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Edit the prompt</source>
        <translation>P&amp;rompt bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Commands…</source>
        <translation>&amp;Befehle…</translation>
    </message>
    <message>
        <source>&amp;Preferences…</source>
        <translation>E&amp;instellungen…</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>&amp;Words</source>
        <translation>Be&amp;griffe</translation>
    </message>
    <message>
        <source>&amp;About FastCar Studio</source>
        <translation>Übe&amp;r FastCar Studio</translation>
    </message>
    <message>
        <source>&amp;Heatmap</source>
        <translation>&amp;Heatmap</translation>
    </message>
    <message>
        <source>Replay &amp;mask</source>
        <translation>Replay-&amp;Maske</translation>
    </message>
    <message>
        <source>Token &amp;grid</source>
        <translation>Token-&amp;Raster</translation>
    </message>
    <message>
        <source>Pl&amp;ay, stop</source>
        <translation>&amp;Abspielen, anhalten</translation>
    </message>
    <message>
        <source>&amp;Next frame</source>
        <translation>&amp;Nächstes Bild</translation>
    </message>
    <message>
        <source>&amp;First frame</source>
        <translation>&amp;Erstes Bild</translation>
    </message>
    <message>
        <source>Layer a&amp;bove</source>
        <translation>Schicht darü&amp;ber</translation>
    </message>
    <message>
        <source>Layer b&amp;elow</source>
        <translation>Schicht dar&amp;unter</translation>
    </message>
    <message>
        <source>TAS</source>
        <translation>TAS</translation>
    </message>
    <message>
        <source>Replay</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>Grid</source>
        <translation>Raster</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;TAS heatmap&lt;/b&gt; of the layer (H): how strongly each token attends to its own place one frame earlier. Frame 1 has none.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;TAS-Heatmap&lt;/b&gt; der Schicht (H): wie stark jedes Token auf seine eigene Stelle ein Bild früher achtet. Bild 1 hat keine.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Replay mask&lt;/b&gt; of the layer (M): hatched where the MLP was replayed, free where it was computed.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Replay-Maske&lt;/b&gt; der Schicht (M): schraffiert, wo das MLP Replay war, frei, wo es berechnet wurde.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Token grid&lt;/b&gt; (G): one field for each position of the frame.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Token-Raster&lt;/b&gt; (G): ein Feld für jede Position des Bildes.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>Open &amp;recent model</source>
        <translation>&amp;Zuletzt geöffnete Modelle</translation>
    </message>
    <message>
        <source>&amp;Run</source>
        <translation>&amp;Lauf</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>&amp;Hilfe</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Zoom</source>
        <translation>&amp;Zoom</translation>
    </message>
    <message>
        <source>La&amp;yout</source>
        <translation>La&amp;yout</translation>
    </message>
    <message>
        <source>M&amp;iddle</source>
        <translation>Mit&amp;te</translation>
    </message>
    <message>
        <source>&amp;Video</source>
        <translation>&amp;Video</translation>
    </message>
    <message>
        <source>&amp;Compare</source>
        <translation>Ver&amp;gleichen</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Library</source>
        <translation>Bibliothek</translation>
    </message>
    <message>
        <source>These are no thresholds.</source>
        <translation>Das sind keine Schwellen.</translation>
    </message>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheidungen</translation>
    </message>
    <message>
        <source>Heatmaps</source>
        <translation>Heatmaps</translation>
    </message>
    <message>
        <source>Hardware</source>
        <translation>Hardware</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>The timeline was not saved.</source>
        <translation>Die Zeitleiste wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>Added to the queue: number %1 in line.</source>
        <translation>In der Warteschlange: Nummer %1.</translation>
    </message>
    <message>
        <source>Something was not saved.</source>
        <translation>Etwas wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>“%1” could not begin.</source>
        <translation>„%1“ konnte nicht beginnen.</translation>
    </message>
    <message>
        <source>Not all of its settings could be taken.</source>
        <translation>Nicht alle Parameter konnten übernommen werden.</translation>
    </message>
    <message>
        <source>The queue is empty.</source>
        <translation>Die Warteschlange ist leer.</translation>
    </message>
    <message>
        <source>A run of last time waits.</source>
        <translation>Ein Lauf vom letzten Mal wartet.</translation>
    </message>
    <message>
        <source>%1 runs of last time wait.</source>
        <translation>%1 Läufe vom letzten Mal warten.</translation>
    </message>
    <message>
        <source>They begin when you say so.</source>
        <translation>Sie beginnen, wenn Sie es sagen.</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Pre&amp;vious frame</source>
        <translation>&amp;Voriges Bild</translation>
    </message>
    <message>
        <source>Follo&amp;w the newest frame</source>
        <translation>Neuestem Bild &amp;folgen</translation>
    </message>
    <message>
        <source>Panel&amp;s</source>
        <translation>Pane&amp;ls</translation>
    </message>
    <message>
        <source>The queue is held.</source>
        <translation>Die Warteschlange ist angehalten.</translation>
    </message>
    <message>
        <source>This run waits behind another one; they begin when you say so.</source>
        <translation>Dieser Lauf wartet hinter einem anderen; sie beginnen, wenn Sie es sagen.</translation>
    </message>
    <message>
        <source>This run waits behind %1 others; they begin when you say so.</source>
        <translation>Dieser Lauf wartet hinter %1 anderen; sie beginnen, wenn Sie es sagen.</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;A prompt is missing.&lt;/b&gt; Say above what the video is to show. Videos without a prompt, unconditional ones, are made by the command line: &lt;tt&gt;fastcar generate &quot;&quot;&lt;/tt&gt;.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Ein Prompt fehlt.&lt;/b&gt; Sagen Sie oben, was das Video zeigen soll. Videos ohne Prompt, also unbedingte, erzeugt die Befehlszeile: &lt;tt&gt;fastcar generate &quot;&quot;&lt;/tt&gt;.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>A run of the library for A</source>
        <translation>Ein Lauf der Bibliothek für A</translation>
    </message>
    <message>
        <source>A run of the library for B</source>
        <translation>Ein Lauf der Bibliothek für B</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::MessageBanner</name>
    <message>
        <source>Close the message</source>
        <translation>Meldung schließen</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::ModelOpening</name>
    <message>
        <source>A run is going on.</source>
        <translation>Ein Lauf ist im Gang.</translation>
    </message>
    <message>
        <source>Cancel it or wait until it is done, then open another model.</source>
        <translation>Brechen Sie ihn ab oder warten Sie, bis er fertig ist; öffnen Sie dann ein anderes Modell.</translation>
    </message>
    <message>
        <source>Open model folder…</source>
        <translation>Modellordner öffnen…</translation>
    </message>
    <message>
        <source>Open the shipped model</source>
        <translation>Mitgeliefertes Modell öffnen</translation>
    </message>
    <message>
        <source>%1 could not be opened.</source>
        <translation>%1 konnte nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>None yet</source>
        <translation>Noch keines</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::OverlayLegend</name>
    <message>
        <source>Legend of layers replayed and drift</source>
        <translation>Legende der Schichten mit Replay und der Drift</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Layers replayed&lt;/b&gt;: how many of the layers replayed their MLP at a position, as a level that rises in its cell.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Drift&lt;/b&gt;: the mean distance of a position&apos;s pixels from those of the same run without replay, in levels of 255. Full colour from %1 on.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Schichten mit Replay&lt;/b&gt;: wie viele der Schichten an einer Position Replay machten, als Pegel, der in ihrer Zelle steigt.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Drift&lt;/b&gt;: der mittlere Abstand der Pixel einer Position von denen desselben Laufs ohne Replay, in Stufen von 255. Volle Farbe ab %1.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Layers replayed: from none to all %1</source>
        <translation>Schichten mit Replay: von keiner bis zu allen %1</translation>
    </message>
    <message>
        <source>Drift: from 0 to %1 levels of 255</source>
        <translation>Drift: von 0 bis %1 Stufen von 255</translation>
    </message>
    <message>
        <source>Layers replayed</source>
        <translation>Schichten mit Replay</translation>
    </message>
    <message>
        <source>Drift</source>
        <translation>Drift</translation>
    </message>
    <message>
        <source>%1+ levels of 255</source>
        <translation>%1+ Stufen von 255</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::PanelDocks</name>
    <message>
        <source>&amp;Reset this layout</source>
        <translation>Dieses Layout &amp;zurücksetzen</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::PicturePreview</name>
    <message>
        <source>Preview</source>
        <translation>Vorschau</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::PositionStrip</name>
    <message>
        <source>The position at every layer</source>
        <translation>Die Position in jeder Schicht</translation>
    </message>
    <message>
        <source>Layer %1: %2</source>
        <translation>Schicht %1: %2</translation>
    </message>
    <message>
        <source>, TAS %1</source>
        <translation>, TAS %1</translation>
    </message>
    <message>
        <source>, τ %1</source>
        <translation>, τ %1</translation>
    </message>
    <message>
        <source>Point at a position to read it at every layer</source>
        <translation>Auf eine Position zeigen, um sie in jeder Schicht zu lesen</translation>
    </message>
    <message>
        <source>&lt;p&gt;The TAS of the position at each layer, within the range that the layer has shown in this run. Orange: the MLP was replayed. The line is the threshold. Click a lane to choose its layer.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Der TAS der Position in jeder Schicht, innerhalb des Bereichs, den die Schicht in diesem Lauf gezeigt hat. Orange: Das MLP war Replay. Die Linie ist die Schwelle. Ein Klick auf eine Bahn wählt ihre Schicht.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::PreferencesDialog</name>
    <message>
        <source>Preferences</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Pages of the preferences</source>
        <translation>Seiten der Einstellungen</translation>
    </message>
    <message>
        <source>&amp;General</source>
        <translation>&amp;Allgemein</translation>
    </message>
    <message>
        <source>&amp;Keys</source>
        <translation>&amp;Tasten</translation>
    </message>
    <message>
        <source>Reset all</source>
        <translation>Alles zurücksetzen</translation>
    </message>
    <message>
        <source>All preferences and keys as they are at first. Settings of runs and layouts stay</source>
        <translation>Alle Einstellungen und Tasten wie anfangs. Parameter von Läufen und Layouts bleiben</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::PresetBar</name>
    <message>
        <source>Exact</source>
        <translation>Exakt</translation>
    </message>
    <message>
        <source>Balanced</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Fast</source>
        <translation>Schnell</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Exact&lt;/b&gt;: nothing is replayed. The model&apos;s own picture, bit for bit, and the slowest.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Exakt&lt;/b&gt;: kein Replay. Das eigene Bild des Modells, Bit für Bit, und am langsamsten.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Balanced&lt;/b&gt;: for this model about %1 % of the eligible MLPs are replayed.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Mittel&lt;/b&gt;: bei diesem Modell etwa %1 % Replay der zulässigen MLPs.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Fast&lt;/b&gt;: for this model about %1 % of the eligible MLPs are replayed. Faster; small things that move may freeze.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Schnell&lt;/b&gt;: bei diesem Modell etwa %1 % Replay der zulässigen MLPs. Schneller; kleine bewegte Dinge können einfrieren.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;By the thresholds that the model brings, one for each layer.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Mit den Schwellen, die das Modell mitbringt, einer je Schicht.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;The model brings no thresholds for it: they move until the share is met.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Das Modell bringt dafür keine Schwellen mit: Sie bewegen sich, bis der Anteil erreicht ist.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::PresetPopup</name>
    <message>
        <source>Presets</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Click or Enter applies, F2 renames, Del deletes</source>
        <translation>Klick oder Eingabe wendet an, F2 benennt um, Entf löscht</translation>
    </message>
    <message>
        <source>Name of the preset</source>
        <translation>Name der Vorlage</translation>
    </message>
    <message>
        <source>Save the settings as…</source>
        <translation>Parameter speichern als…</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>No presets yet. One holds length, sampler, replay and device; not the prompt, nor the seed.</source>
        <translation>Noch keine Vorlagen. Eine hält Länge, Sampler, Replay und Gerät fest; weder Prompt noch Startwert.</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>Ersetzen</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::PresetStore</name>
    <message>
        <source>The preset “%1” cannot be read: %2</source>
        <translation>Die Vorlage „%1“ ist nicht lesbar: %2</translation>
    </message>
    <message>
        <source>The preset “%1” cannot be used: %2 Delete it, or save it anew.</source>
        <translation>Die Vorlage „%1“ ist nicht verwendbar: %2 Löschen Sie sie, oder speichern Sie sie neu.</translation>
    </message>
    <message>
        <source>A preset needs a name.</source>
        <translation>Eine Vorlage braucht einen Namen.</translation>
    </message>
    <message>
        <source>The preset “%1” was not saved: %2</source>
        <translation>Die Vorlage „%1“ wurde nicht gespeichert: %2</translation>
    </message>
    <message>
        <source>There is a preset “%1” already. Choose another name, or delete it first.</source>
        <translation>Eine Vorlage „%1“ gibt es schon. Wählen Sie einen anderen Namen, oder löschen Sie sie zuerst.</translation>
    </message>
    <message>
        <source>The preset “%1” was not renamed: %2</source>
        <translation>Die Vorlage „%1“ wurde nicht umbenannt: %2</translation>
    </message>
    <message>
        <source>The preset “%1” was not deleted: %2</source>
        <translation>Die Vorlage „%1“ wurde nicht gelöscht: %2</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::PromptHistory</name>
    <message>
        <source>The history of prompts was not written to %1: %2.</source>
        <translation>Der Verlauf der Prompts wurde nicht nach %1 geschrieben: %2.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::PromptPanel</name>
    <message>
        <source>Examples</source>
        <translation>Beispiele</translation>
    </message>
    <message>
        <source>Prompts that the model was made for</source>
        <translation>Prompts, für die das Modell gemacht ist</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Prompts of earlier runs; Up in the first line of the prompt walks through them</source>
        <translation>Prompts früherer Läufe; Pfeil auf in der ersten Zeile des Prompts geht sie durch</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>What should the video show?</source>
        <translation>Was soll das Video zeigen?</translation>
    </message>
    <message>
        <source>Ctrl+Enter generates</source>
        <translation>Strg+Eingabe erzeugt</translation>
    </message>
    <message>
        <source>Presets</source>
        <translation>Vorlagen</translation>
    </message>
    <message>
        <source>Settings that have a name: save these, or take others</source>
        <translation>Parameter mit einem Namen: diese speichern oder andere übernehmen</translation>
    </message>
    <message>
        <source>Reset</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Back to what the model recommends</source>
        <translation>Zurück zu den Empfehlungen des Modells</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Parameter</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::QueueDelegate</name>
    <message>
        <source>Going on</source>
        <translation>Im Gang</translation>
    </message>
    <message>
        <source>Number %1 in line</source>
        <translation>Nummer %1 der Reihe</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::QueuePanel</name>
    <message>
        <source>Queue</source>
        <translation>Warteschlange</translation>
    </message>
    <message>
        <source>Earlier (Alt+Up)</source>
        <translation>Früher (Alt+Pfeil auf)</translation>
    </message>
    <message>
        <source>Later (Alt+Down)</source>
        <translation>Später (Alt+Pfeil ab)</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Let it wait again, behind the others</source>
        <translation>Wieder warten lassen, hinter den anderen</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>Ändern</translation>
    </message>
    <message>
        <source>Take its settings into the form</source>
        <translation>Seine Parameter ins Formular übernehmen</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Take it out of the queue; one that is going on is cancelled, and the next one begins (Del)</source>
        <translation>Aus der Warteschlange nehmen; der laufende wird abgebrochen, und der nächste beginnt (Entf)</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>Leeren</translation>
    </message>
    <message>
        <source>Take out all that wait; the run that is going on stays</source>
        <translation>Alle wartenden herausnehmen; der laufende bleibt</translation>
    </message>
    <message>
        <source>1 run waits</source>
        <translation>1 Lauf wartet</translation>
    </message>
    <message>
        <source>%1 runs wait</source>
        <translation>%1 Läufe warten</translation>
    </message>
    <message>
        <source>Opening the next model…</source>
        <translation>Nächstes Modell wird geöffnet…</translation>
    </message>
    <message>
        <source>Nothing waits</source>
        <translation>Nichts wartet</translation>
    </message>
    <message>
        <source>Held: %1</source>
        <translation>Angehalten: %1</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Begin with the first that waits</source>
        <translation>Mit dem ersten wartenden beginnen</translation>
    </message>
    <message>
        <source>Begin no further run; the one that is going on stays</source>
        <translation>Keinen weiteren Lauf beginnen; der laufende bleibt</translation>
    </message>
    <message>
        <source>Ctrl+Enter while a run is going on puts the next one here.</source>
        <translation>Strg+Eingabe während eines Laufs stellt den nächsten hierher.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::QueueRunner</name>
    <message>
        <source>It came to token %1 of %2.</source>
        <translation>Er kam bis Token %1 von %2.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::RangeField</name>
    <message>
        <source>%1 with replay, the first</source>
        <translation>%1 mit Replay, von</translation>
    </message>
    <message>
        <source>%1 with replay, the last</source>
        <translation>%1 mit Replay, bis</translation>
    </message>
    <message>
        <source>to</source>
        <translation>bis</translation>
    </message>
    <message>
        <source>%1 with replay</source>
        <translation>%1 mit Replay</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::ReplayPanel</name>
    <message>
        <source>Replay</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>Effect</source>
        <translation>Wirkung</translation>
    </message>
    <message>
        <source>Shape</source>
        <translation>Form</translation>
    </message>
    <message>
        <source>&lt;p&gt;Flat, a ramp, as calibrated, from this run&apos;s scores: for the chosen layers, or for all. Shift or Ctrl with a click chooses several, which then move together.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Flach, eine Rampe, kalibriert, aus den TAS-Werten dieses Laufs: für die gewählten Schichten oder für alle. Umschalt oder Strg mit einem Klick wählt mehrere, die sich dann gemeinsam bewegen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Rules</source>
        <translation>Regeln</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::RuleForm</name>
    <message>
        <source>TAS definition</source>
        <translation>TAS-Definition</translation>
    </message>
    <message>
        <source>Official</source>
        <translation>Offiziell</translation>
    </message>
    <message>
        <source>Paper</source>
        <translation>Paper</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;TAS&lt;/b&gt;, the Temporal Attention Score: the mean over heads of q·k / √d, where k is the key of the same position one frame earlier.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Official&lt;/b&gt;: q before its rotation, as the published code computes it. &lt;b&gt;Paper&lt;/b&gt;: q after it, the attention logit itself.&lt;/p&gt;&lt;p&gt;Thresholds of one mean nothing under the other: each keeps its own. Cannot be changed while a run goes on.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;TAS&lt;/b&gt;, der Temporal Attention Score: der Mittelwert über die Köpfe von q·k / √d, wobei k der Key derselben Position ein Bild früher ist.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Offiziell&lt;/b&gt;: q vor seiner Rotation, wie der veröffentlichte Code rechnet. &lt;b&gt;Paper&lt;/b&gt;: q danach, der Attention-Logit selbst.&lt;/p&gt;&lt;p&gt;Schwellen der einen gelten nicht für die andere: Jede behält ihre eigenen. Während eines Laufs nicht änderbar.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Definition</source>
        <translation>Definition</translation>
    </message>
    <message>
        <source>Gate</source>
        <translation>Gate</translation>
    </message>
    <message>
        <source>Each row for itself</source>
        <translation>Jede Zeile für sich</translation>
    </message>
    <message>
        <source>All rows or none</source>
        <translation>Alle Zeilen oder keine</translation>
    </message>
    <message>
        <source>Conditional row decides</source>
        <translation>Bedingte Zeile entscheidet</translation>
    </message>
    <message>
        <source>Mean of both rows</source>
        <translation>Mittel beider Zeilen</translation>
    </message>
    <message>
        <source>&lt;p&gt;With guidance a video runs as two rows, with and without the prompt. The gate says whose score decides.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Each row for itself&lt;/b&gt;: the published behaviour. &lt;b&gt;All rows or none&lt;/b&gt;: replay only where both would, so that the layer&apos;s weights need not be read at all. &lt;b&gt;Conditional row decides&lt;/b&gt;, &lt;b&gt;Mean of both rows&lt;/b&gt;: one decision for both.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Mit Guidance läuft ein Video als zwei Zeilen, mit und ohne Prompt. Das Gate sagt, wessen TAS entscheidet.&lt;/p&gt;&lt;p&gt;&lt;b&gt;Jede Zeile für sich&lt;/b&gt;: das veröffentlichte Verhalten. &lt;b&gt;Alle Zeilen oder keine&lt;/b&gt;: Replay nur, wo beide es täten, sodass die Gewichte der Schicht gar nicht gelesen werden. &lt;b&gt;Bedingte Zeile entscheidet&lt;/b&gt;, &lt;b&gt;Mittel beider Zeilen&lt;/b&gt;: eine Entscheidung für beide.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>&lt;p&gt;Replay is allowed in these frames; in the others every MLP is computed. Frame 1 has no frame before it.&lt;/p&gt;</source>
        <translation>&lt;p&gt;In diesen Bildern ist Replay erlaubt; in den anderen wird jedes MLP berechnet. Vor Bild 1 gibt es kein Bild.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>&lt;p&gt;Replay is allowed in these layers; the others always compute.&lt;/p&gt;</source>
        <translation>&lt;p&gt;In diesen Schichten ist Replay erlaubt; die anderen rechnen immer.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>Full</source>
        <translation>Voll</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Full&lt;/b&gt;: a token attends to everything before it. &lt;b&gt;Window&lt;/b&gt;: to the first positions (the sinks; the prompt counts) and to the last ones, its own included. The key that the TAS needs stays reachable either way.&lt;/p&gt;&lt;p&gt;A setting of the next run: it cannot change within one.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Voll&lt;/b&gt;: Ein Token achtet auf alles vor ihm. &lt;b&gt;Fenster&lt;/b&gt;: auf die ersten Positionen (die Sinks; der Prompt zählt mit) und auf die letzten, seine eigene eingeschlossen. Der Key, den der TAS braucht, bleibt in jedem Fall erreichbar.&lt;/p&gt;&lt;p&gt;Ein Parameter des nächsten Laufs: Innerhalb eines Laufs kann er sich nicht ändern.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Sinks</source>
        <translation>Sinks</translation>
    </message>
    <message>
        <source>first </source>
        <translation>erste </translation>
    </message>
    <message>
        <source>last </source>
        <translation>letzte </translation>
    </message>
    <message>
        <source>Holds from the next run on.</source>
        <translation>Gilt ab dem nächsten Lauf.</translation>
    </message>
    <message>
        <source>frames %1</source>
        <translation>Bilder %1</translation>
    </message>
    <message>
        <source>layers %1</source>
        <translation>Schichten %1</translation>
    </message>
    <message>
        <source>window %1+%2</source>
        <translation>Fenster %1+%2</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::RunBar</name>
    <message>
        <source>Ready</source>
        <translation>Bereit</translation>
    </message>
    <message>
        <source>Opening the model…</source>
        <translation>Modell wird geöffnet…</translation>
    </message>
    <message>
        <source>Reading the prompt…</source>
        <translation>Prompt wird gelesen…</translation>
    </message>
    <message>
        <source>Running its steps again: %1 of %2</source>
        <translation>Seine Schritte werden nachgeholt: %1 von %2</translation>
    </message>
    <message>
        <source>Frame %1 of %2</source>
        <translation>Bild %1 von %2</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Hält an…</translation>
    </message>
    <message>
        <source>Paused in frame %1 of %2</source>
        <translation>Pause in Bild %1 von %2</translation>
    </message>
    <message>
        <source>Cancelling…</source>
        <translation>Bricht ab…</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>A kept run</source>
        <translation>Ein behaltener Lauf</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Number of runs</source>
        <translation>Anzahl der Läufe</translation>
    </message>
    <message>
        <source>&lt;p&gt;How many runs, one after the other, with seeds that follow each other.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Wie viele Läufe nacheinander, mit aufeinanderfolgenden Startwerten.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Pause</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Stop at the next token; what is done stays (Ctrl+.)</source>
        <translation>Beim nächsten Token enden; was fertig ist, bleibt (Strg+.)</translation>
    </message>
    <message>
        <source>Cancel and start over</source>
        <translation>Abbrechen und neu beginnen</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Cancel and start over&lt;/b&gt; with the settings as they are now (Ctrl+Shift+R). What waits in the queue goes on waiting.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Abbrechen und neu beginnen&lt;/b&gt; mit den jetzigen Parametern (Strg+Umschalt+R). Was in der Warteschlange steht, wartet weiter.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Add to the queue</source>
        <translation>In die Warteschlange</translation>
    </message>
    <message>
        <source>Generate</source>
        <translation>Erzeugen</translation>
    </message>
    <message>
        <source>Make this one behind those that wait (Ctrl+Enter)</source>
        <translation>Diesen nach den wartenden erzeugen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Make the video (Ctrl+Enter)</source>
        <translation>Das Video erzeugen (Strg+Eingabe)</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go on where the run stands (Ctrl+Shift+Enter)</source>
        <translation>Weiter, wo der Lauf steht (Strg+Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>Hold the run at the next token (Ctrl+Shift+Enter)</source>
        <translation>Den Lauf beim nächsten Token anhalten (Strg+Umschalt+Eingabe)</translation>
    </message>
    <message>
        <source>%1 left</source>
        <translation>noch %1</translation>
    </message>
    <message>
        <source>Estimated from the pace of the last tokens</source>
        <translation>Geschätzt nach dem Tempo der letzten Token</translation>
    </message>
    <message>
        <source>Time of work</source>
        <translation>Rechenzeit</translation>
    </message>
    <message>
        <source>%1 / %2 tokens</source>
        <translation>%1 / %2 Token</translation>
    </message>
    <message>
        <source>%1 tok/s</source>
        <translation>%1 Tok/s</translation>
    </message>
    <message>
        <source>1 run waits</source>
        <translation>1 Lauf wartet</translation>
    </message>
    <message>
        <source>%1 runs wait</source>
        <translation>%1 Läufe warten</translation>
    </message>
    <message>
        <source>Queue held: %1</source>
        <translation>Warteschlange angehalten: %1</translation>
    </message>
    <message>
        <source>Queue: %1</source>
        <translation>Warteschlange: %1</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::RunChooser</name>
    <message>
        <source>Choose</source>
        <translation>Wählen</translation>
    </message>
    <message>
        <source>Nothing of run %1 is there: it ended before its first token.</source>
        <translation>Von Lauf %1 ist nichts da: Er endete vor seinem ersten Token.</translation>
    </message>
    <message>
        <source>Run %1, %2: %3</source>
        <translation>Lauf %1, %2: %3</translation>
    </message>
    <message>
        <source>Looking into the library…</source>
        <translation>Bibliothek wird gelesen…</translation>
    </message>
    <message>
        <source>Choose a run.</source>
        <translation>Wählen Sie einen Lauf.</translation>
    </message>
    <message>
        <source>No run is like that.</source>
        <translation>Kein Lauf passt dazu.</translation>
    </message>
    <message>
        <source>The library has no run yet.</source>
        <translation>Die Bibliothek hat noch keinen Lauf.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::RunDetails</name>
    <message>
        <source>The chosen run</source>
        <translation>Der gewählte Lauf</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>Angaben</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Settings of the run</source>
        <translation>Parameter des Laufs</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show the run in the views, in place of the one that is there (Enter)</source>
        <translation>Den Lauf in den Ansichten zeigen, anstelle des jetzigen (Eingabe)</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>Weiterführen</translation>
    </message>
    <message>
        <source>Go on with the run where it stopped, on the chosen device</source>
        <translation>Den Lauf, wo er anhielt, auf dem gewählten Gerät weiterführen</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare the run with the one that is shown</source>
        <translation>Den Lauf mit dem gezeigten vergleichen</translation>
    </message>
    <message>
        <source>Save video…</source>
        <translation>Video speichern…</translation>
    </message>
    <message>
        <source>Write its video to a file</source>
        <translation>Sein Video in eine Datei schreiben</translation>
    </message>
    <message>
        <source>Use these settings</source>
        <translation>Übernehmen</translation>
    </message>
    <message>
        <source>The next run has this run&apos;s prompt, seed and settings</source>
        <translation>Der nächste Lauf hat Prompt, Startwert und Parameter dieses Laufs</translation>
    </message>
    <message>
        <source>Use this seed</source>
        <translation>Nur Startwert</translation>
    </message>
    <message>
        <source>The next run has this run&apos;s seed, locked</source>
        <translation>Der nächste Lauf hat den Startwert dieses Laufs, festgehalten</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Put the run away; it can be had back until a clean-up (Del)</source>
        <translation>Den Lauf weglegen; bis zum Aufräumen lässt er sich zurückholen (Entf)</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Zurückholen</translation>
    </message>
    <message>
        <source>Get the deleted run back</source>
        <translation>Den gelöschten Lauf zurückholen</translation>
    </message>
    <message>
        <source>Made</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Took</source>
        <translation>Dauer</translation>
    </message>
    <message>
        <source>Replayed</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>On disk</source>
        <translation>Belegt</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>Choose a run to see what is known of it.</source>
        <translation>Wählen Sie einen Lauf, um zu sehen, was über ihn bekannt ist.</translation>
    </message>
    <message>
        <source>&lt;b&gt;%1&lt;/b&gt; and %2 more</source>
        <translation>&lt;b&gt;%1&lt;/b&gt; und %2 weitere</translation>
    </message>
    <message>
        <source>%1 on %2</source>
        <translation>%1 auf %2</translation>
    </message>
    <message>
        <source>%1 of eligible</source>
        <translation>%1 von zulässigen</translation>
    </message>
    <message>
        <source>nothing was eligible</source>
        <translation>nichts war zulässig</translation>
    </message>
    <message>
        <source>%1, run %2</source>
        <translation>%1, Lauf %2</translation>
    </message>
    <message>
        <source>Its settings cannot be read.</source>
        <translation>Seine Parameter sind nicht lesbar.</translation>
    </message>
    <message>
        <source>(now %1)</source>
        <translation>(jetzt %1)</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::RunGallery</name>
    <message>
        <source>Runs of the library</source>
        <translation>Läufe der Bibliothek</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::RunKeeper</name>
    <message>
        <source>It came out of a file, not out of the library.</source>
        <translation>Er kam aus einer Datei, nicht aus der Bibliothek.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::RunQueue</name>
    <message>
        <source>dense</source>
        <translation>dicht</translation>
    </message>
    <message>
        <source>τ by layer</source>
        <translation>τ je Schicht</translation>
    </message>
    <message>
        <source>all replayed</source>
        <translation>alles Replay</translation>
    </message>
    <message>
        <source>τ %1</source>
        <translation>τ %1</translation>
    </message>
    <message>
        <source>1 frame</source>
        <translation>1 Bild</translation>
    </message>
    <message>
        <source>%1 frames</source>
        <translation>%1 Bilder</translation>
    </message>
    <message>
        <source>%1 videos</source>
        <translation>%1 Videos</translation>
    </message>
    <message>
        <source>seed %1</source>
        <translation>Startwert %1</translation>
    </message>
    <message>
        <source>The queue of last time could not be read from %1: %2. It is empty now; the file is kept beside it as %3.</source>
        <translation>Die Warteschlange vom letzten Mal konnte nicht aus %1 gelesen werden: %2. Sie ist jetzt leer; die Datei bleibt daneben als %3 erhalten.</translation>
    </message>
    <message>
        <source>The program ended while this run was going on.</source>
        <translation>Das Programm endete, während dieser Lauf im Gang war.</translation>
    </message>
    <message>
        <source>The queue was not written to %1: %2. It will be lost when the program ends.</source>
        <translation>Die Warteschlange wurde nicht nach %1 geschrieben: %2. Sie geht mit dem Programmende verloren.</translation>
    </message>
    <message>
        <source>target %1 %</source>
        <translation>Ziel %1 %</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::RunSettingsModel</name>
    <message>
        <source>The model has room for %1 frames behind this prompt, not for %2.</source>
        <translation>Das Modell hat hinter diesem Prompt Platz für %1 Bilder, nicht für %2.</translation>
    </message>
    <message>
        <source>It has thresholds for %1 layers, but this model has %2: replay stays as it was.</source>
        <translation>Es hat Schwellen für %1 Schichten, dieses Modell aber %2: Das Replay blieb, wie es war.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::RunStrip</name>
    <message>
        <source>Steps of the run</source>
        <translation>Schritte des Laufs</translation>
    </message>
    <message>
        <source>No step yet</source>
        <translation>Noch kein Schritt</translation>
    </message>
    <message>
        <source>Replayed</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>matrices</source>
        <translation>Matrizen</translation>
    </message>
    <message>
        <source>attention</source>
        <translation>Attention</translation>
    </message>
    <message>
        <source>vector</source>
        <translation>Vektor</translation>
    </message>
    <message>
        <source>rest</source>
        <translation>Rest</translation>
    </message>
    <message>
        <source>Step %1: frame %2, position %3. %4 of its MLPs replayed.</source>
        <translation>Schritt %1: Bild %2, Position %3. %4 seiner MLPs Replay.</translation>
    </message>
    <message>
        <source> %1: %2 cycles.</source>
        <translation> %1: %2 Takte.</translation>
    </message>
    <message>
        <source>&lt;p&gt;Cycles of each step, from below: matrices, attention, vector unit, the rest. Band: share of the MLPs replayed. Click to look at a step; the wheel zooms, here and in the timeline of decisions.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Takte jedes Schritts, von unten: Matrizen, Attention, Vektoreinheit, der Rest. Band: Anteil der MLPs mit Replay. Ein Klick zeigt einen Schritt; das Mausrad zoomt, hier und in der Zeitleiste der Entscheidungen.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::RunTileDelegate</name>
    <message>
        <source>Running, %1 %</source>
        <translation>Läuft, %1 %</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Failed</source>
        <translation>Gescheitert</translation>
    </message>
    <message>
        <source>Interrupted</source>
        <translation>Unterbrochen</translation>
    </message>
    <message>
        <source>dense</source>
        <translation>dicht</translation>
    </message>
    <message>
        <source>%1 replayed</source>
        <translation>%1 Replay</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::RunsElsewhere</name>
    <message>
        <source>“%1” is done: run %2 of the library.</source>
        <translation>„%1“ ist fertig: Lauf %2 der Bibliothek.</translation>
    </message>
    <message>
        <source>“%1” came to token %2 of %3 there.</source>
        <translation>„%1“ kam dort bis Token %2 von %3.</translation>
    </message>
    <message>
        <source>So did another one.</source>
        <translation>Ein weiterer ebenso.</translation>
    </message>
    <message>
        <source>So did %1 others.</source>
        <translation>%1 weitere ebenso.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>A run went on in another program.</source>
        <translation>Ein Lauf ging in einem anderen Programm weiter.</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::SettingsForm</name>
    <message>
        <source>Seed</source>
        <translation>Startwert</translation>
    </message>
    <message>
        <source>&lt;p&gt;The number that all chance comes from. The same seed with the same settings makes the same video, whatever the number of threads.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Die Zahl, aus der aller Zufall kommt. Derselbe Startwert mit denselben Parametern ergibt dasselbe Video, gleich mit wie vielen Threads.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Keep the seed</source>
        <translation>Startwert festhalten</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Keep the seed.&lt;/b&gt; Open: each run draws a new one. Closed: runs repeat, so that the effect of a threshold can be seen.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Startwert festhalten.&lt;/b&gt; Offen: Jeder Lauf zieht einen neuen. Geschlossen: Läufe wiederholen sich, sodass die Wirkung einer Schwelle zu sehen ist.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Draw a new seed</source>
        <translation>Neuen Startwert ziehen</translation>
    </message>
    <message>
        <source>Use the seed of this run</source>
        <translation>Startwert dieses Laufs verwenden</translation>
    </message>
    <message>
        <source>&amp;Seed</source>
        <translation>Start&amp;wert</translation>
    </message>
    <message>
        <source>Frames</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Videos at a time</source>
        <translation>Videos gleichzeitig</translation>
    </message>
    <message>
        <source>&amp;Videos</source>
        <translation>&amp;Videos</translation>
    </message>
    <message>
        <source>&amp;Frames</source>
        <translation>Bilde&amp;r</translation>
    </message>
    <message>
        <source>Guidance</source>
        <translation>Guidance</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Classifier-free guidance.&lt;/b&gt; How strongly the prompt pulls: 1 is no guidance and runs one row in place of two, twice as fast.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Classifier-free Guidance.&lt;/b&gt; Wie stark der Prompt zieht: 1 heißt keine Guidance und führt eine Zeile statt zweier aus, doppelt so schnell.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>&lt;p&gt;How freely codes are drawn. Lower: likelier ones, calmer pictures.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Wie frei Codes gezogen werden. Niedriger: wahrscheinlichere, ruhigere Bilder.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Top-k</source>
        <translation>Top-k</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>&lt;p&gt;Draw among this many of the likeliest codes.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Aus so vielen der wahrscheinlichsten Codes ziehen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Top-p</source>
        <translation>Top-p</translation>
    </message>
    <message>
        <source>&lt;p&gt;Draw among the likeliest codes that together have this probability.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Aus den wahrscheinlichsten Codes ziehen, die zusammen diese Wahrscheinlichkeit haben.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&amp;Guidance</source>
        <translation>&amp;Guidance</translation>
    </message>
    <message>
        <source>&amp;Temperature</source>
        <translation>&amp;Temperatur</translation>
    </message>
    <message>
        <source>Top-k, top-p</source>
        <translation>Top-k, Top-p</translation>
    </message>
    <message>
        <source>Likeliest code only</source>
        <translation>Ohne Zufall (greedy)</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Greedy.&lt;/b&gt; Nothing is drawn: the same prompt makes the same video whatever the seed, and temperature, top-k and top-p do not matter.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Greedy.&lt;/b&gt; Nichts wird gezogen: Derselbe Prompt ergibt dasselbe Video bei jedem Startwert; Temperatur, Top-k und Top-p sind ohne Belang.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>What computes the model</source>
        <translation>Was das Modell berechnet</translation>
    </message>
    <message>
        <source>&amp;Device</source>
        <translation>&amp;Gerät</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Use the seed of this run&lt;/b&gt;, %1, and keep it.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Startwert dieses Laufs verwenden&lt;/b&gt;, %1, und festhalten.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Use the seed of the run that is seen</source>
        <translation>Startwert des gezeigten Laufs verwenden</translation>
    </message>
    <message>
        <source>&lt;p&gt;Length of the clip. The model has room for %1 frames behind this prompt.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Länge des Clips. Das Modell hat hinter diesem Prompt Platz für %1 Bilder.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&lt;p&gt;Videos that are made at a time, side by side, each with its own chance. They share the weights that are read for a step, so several take less time than one after the other.&lt;/p&gt;&lt;p&gt;The memory that is free now has room for %1.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Videos, die gleichzeitig entstehen, nebeneinander, jedes mit eigenem Zufall. Sie teilen sich die Gewichte, die für einen Schritt gelesen werden; darum brauchen mehrere weniger Zeit als nacheinander.&lt;/p&gt;&lt;p&gt;Der jetzt freie Speicher hat Platz für %1.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::ShownRuns</name>
    <message>
        <source>the shown run</source>
        <translation>der gezeigte Lauf</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::SourceButton</name>
    <message>
        <source>Open a trace or a video…</source>
        <translation>Trace oder Video öffnen…</translation>
    </message>
    <message>
        <source>Run %1</source>
        <translation>Lauf %1</translation>
    </message>
    <message>
        <source>What B is held against.</source>
        <translation>Woran B gemessen wird.</translation>
    </message>
    <message>
        <source>What is held against A.</source>
        <translation>Was an A gemessen wird.</translation>
    </message>
    <message>
        <source>More in the library…</source>
        <translation>Mehr in der Bibliothek…</translation>
    </message>
    <message>
        <source>Looking into the library…</source>
        <translation>Bibliothek wird gelesen…</translation>
    </message>
    <message>
        <source>The library cannot be read</source>
        <translation>Die Bibliothek lässt sich nicht lesen</translation>
    </message>
    <message>
        <source>The library has no run yet</source>
        <translation>Die Bibliothek hat noch keinen Lauf</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::StarRating</name>
    <message>
        <source>Stars: click, or press 0 to 5</source>
        <translation>Sterne: klicken, oder 0 bis 5 drücken</translation>
    </message>
    <message>
        <source>Stars</source>
        <translation>Sterne</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::StatusFacts</name>
    <message>
        <source>%1
%2 layers, width %3, %4 × %5 positions a frame, %6 codes each, pictures of %7 × %8</source>
        <translation>%1
%2 Schichten, Breite %3, %4 × %5 Positionen je Bild zu %6 Codes, Bilder von %7 × %8</translation>
    </message>
    <message>
        <source>No model</source>
        <translation>Kein Modell</translation>
    </message>
    <message>
        <source>Device: %1</source>
        <translation>Gerät: %1</translation>
    </message>
    <message>
        <source>What draws the video</source>
        <translation>Was das Video zeichnet</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::StepLine</name>
    <message>
        <source>Estimates of the cycle model, of the backbone&apos;s step alone</source>
        <translation>Schätzungen des Taktmodells, nur für den Schritt des Backbones</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::TargetControl</name>
    <message>
        <source>Target replay ratio in percent</source>
        <translation>Zielanteil des Replay in Prozent</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;The share of eligible MLPs that is to be replayed.&lt;/b&gt; From each frame to the next the thresholds move so that it is met at the end of the video. What has been decided counts.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Der Anteil der zulässigen MLPs, die Replay sein sollen.&lt;/b&gt; Von Bild zu Bild bewegen sich die Schwellen so, dass er am Ende des Videos erreicht ist. Was schon entschieden ist, zählt.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Target replay ratio, exact value</source>
        <translation>Zielanteil des Replay, genauer Wert</translation>
    </message>
    <message>
        <source> %</source>
        <translation> %</translation>
    </message>
    <message>
        <source>Each layer meets it</source>
        <translation>Jede Schicht erreicht ihn</translation>
    </message>
    <message>
        <source>&lt;p&gt;Ticked: each layer by itself. Otherwise all of them together: layers whose tokens resemble the frame before more give more.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Angehakt: jede Schicht für sich. Sonst alle zusammen: Schichten, deren Token dem Bild davor ähnlicher sind, geben mehr.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Keep these</source>
        <translation>Diese behalten</translation>
    </message>
    <message>
        <source>&lt;p&gt;Takes the thresholds that the target has found in this run as they are.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Übernimmt die Schwellen, die das Ziel in diesem Lauf gefunden hat, wie sie sind.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::TasHistogramView</name>
    <message>
        <source>The scores of a run appear here from its second frame on</source>
        <translation>Die TAS-Werte eines Laufs erscheinen hier ab seinem zweiten Bild</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::TasLegend</name>
    <message>
        <source>Legend of the heatmap</source>
        <translation>Legende der Heatmap</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;TAS of the layer&lt;/b&gt;, a number without unit: the mean over heads of q·k / √d with the key of the same position one frame earlier. High: the token attends to where it was.&lt;/p&gt;&lt;p&gt;The colours span the scores that the layer has shown in this run, but for the outermost 2 % at either end. The triangle is the layer&apos;s threshold; what lies to its right is replayed.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;TAS der Schicht&lt;/b&gt;, eine Zahl ohne Einheit: der Mittelwert über die Köpfe von q·k / √d mit dem Key derselben Position ein Bild früher. Hoch: Das Token achtet auf die Stelle, an der es war.&lt;/p&gt;&lt;p&gt;Die Farben umspannen die TAS-Werte, die die Schicht in diesem Lauf gezeigt hat, bis auf die äußersten 2 % an jedem Ende. Das Dreieck ist die Schwelle der Schicht; was rechts davon liegt, ist Replay.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>TAS from %1 to %2</source>
        <translation>TAS von %1 bis %2</translation>
    </message>
    <message>
        <source>TAS: from frame 2 on</source>
        <translation>TAS: ab Bild 2</translation>
    </message>
    <message>
        <source>TAS</source>
        <translation>TAS</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::ThresholdControl</name>
    <message>
        <source>Thresholds</source>
        <translation>Schwellen</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;You set the thresholds&lt;/b&gt;, one for each layer; how much replays follows from the scores.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Sie stellen die Schwellen&lt;/b&gt;, eine je Schicht; wie viel Replay ist, folgt aus den TAS-Werten.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Target ratio</source>
        <translation>Zielanteil</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;You set how much is to replay&lt;/b&gt;; while the video is made its thresholds move until that is met.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Sie stellen, wie viel Replay sein soll&lt;/b&gt;; während das Video entsteht, bewegen sich seine Schwellen, bis das erreicht ist.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Histogram of the TAS so far</source>
        <translation>Bisheriges Histogramm des TAS</translation>
    </message>
    <message>
        <source>&lt;p&gt;Each bar counts scores of this run: one for each layer, row and token from frame 2 on. &lt;b&gt;Coloured&lt;/b&gt;: above its layer&apos;s threshold, replayed. &lt;b&gt;Grey&lt;/b&gt;: computed. Heights grow with the square root, so that rare scores stay in sight.&lt;/p&gt;&lt;p&gt;Press or drag to move all thresholds.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Jeder Balken zählt TAS-Werte dieses Laufs: einen je Schicht, Zeile und Token ab Bild 2. &lt;b&gt;Farbig&lt;/b&gt;: über der Schwelle ihrer Schicht, Replay. &lt;b&gt;Grau&lt;/b&gt;: berechnet. Die Höhen wachsen mit der Quadratwurzel, damit seltene Werte sichtbar bleiben.&lt;/p&gt;&lt;p&gt;Drücken oder ziehen bewegt alle Schwellen.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>TAS thresholds of all layers</source>
        <translation>TAS-Schwellen aller Schichten</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Moves the thresholds of all layers&lt;/b&gt; by the same amount; what is between them stays. An MLP is replayed where the token&apos;s TAS is greater than its layer&apos;s threshold.&lt;/p&gt;&lt;p&gt;To the &lt;b&gt;left&lt;/b&gt;: more is replayed, less is computed, details may freeze. To the &lt;b&gt;right&lt;/b&gt;: more is computed, closer to the dense model.&lt;/p&gt;&lt;p&gt;May be moved while a run goes on; it holds from the next token.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Bewegt die Schwellen aller Schichten&lt;/b&gt; um denselben Betrag; ihre Abstände bleiben. Ein MLP ist Replay, wo der TAS des Tokens größer ist als die Schwelle seiner Schicht.&lt;/p&gt;&lt;p&gt;Nach &lt;b&gt;links&lt;/b&gt;: mehr Replay, weniger Rechnen, Details können einfrieren. Nach &lt;b&gt;rechts&lt;/b&gt;: mehr Rechnen, näher am dichten Modell.&lt;/p&gt;&lt;p&gt;Auch während eines Laufs bewegbar; gilt ab dem nächsten Token.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>TAS threshold in the middle of all, exact value</source>
        <translation>Die mittlere aller TAS-Schwellen, genauer Wert</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Never replay.&lt;/b&gt; Every MLP is computed: the dense model.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Nie Replay.&lt;/b&gt; Jedes MLP wird berechnet: das dichte Modell.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;About %1 % replayed.&lt;/b&gt; A threshold for each layer, calibrated with this model so that some %1 % of the eligible MLPs are replayed.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Etwa %1 % Replay.&lt;/b&gt; Eine Schwelle je Schicht, mit diesem Modell so kalibriert, dass etwa %1 % der zulässigen MLPs Replay sind.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Replay all that is eligible.&lt;/b&gt; Every MLP of frame 2 and later is taken from the frame before: the most that replay can save, whatever it does to the picture.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Alles Zulässige Replay.&lt;/b&gt; Jedes MLP ab Bild 2 kommt aus dem Bild davor: das meiste, was Replay sparen kann, gleich was es mit dem Bild macht.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>τ</source>
        <translation>τ</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;The same threshold&lt;/b&gt; for all layers: the middle one.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Dieselbe Schwelle&lt;/b&gt; für alle Schichten: die mittlere.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Never replay</source>
        <translation>Nie Replay</translation>
    </message>
    <message>
        <source>Replay all eligible</source>
        <translation>Alles Zulässige Replay</translation>
    </message>
    <message>
        <source>Replay where TAS &gt;</source>
        <translation>Replay, wo TAS &gt;</translation>
    </message>
    <message>
        <source>Per layer, middle τ</source>
        <translation>Je Schicht, mittleres τ</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::TokenStrip</name>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>No token chosen</source>
        <translation>Kein Token gewählt</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheide</translation>
    </message>
    <message>
        <source>Equal</source>
        <translation>Gleich</translation>
    </message>
    <message>
        <source>Both runs need a trace to be held beside each other token by token.</source>
        <translation>Beide Läufe brauchen einen Trace, um Token für Token nebeneinander zu stehen.</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Codes&lt;/b&gt;: red where codes of a token differ. &lt;b&gt;Decisions&lt;/b&gt;: orange where one run replayed an MLP that the other computed, in any layer and row. &lt;b&gt;Equal&lt;/b&gt;: the share of equal codes, frame by frame. The pennant is the first other code.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Codes&lt;/b&gt;: rot, wo sich Codes eines Tokens unterscheiden. &lt;b&gt;Entscheidungen&lt;/b&gt;: orange, wo in irgendeiner Schicht und Zeile ein Lauf ein MLP als Replay nahm, das der andere berechnete. &lt;b&gt;Gleich&lt;/b&gt;: der Anteil gleicher Codes, Bild für Bild. Der Wimpel ist der erste andere Code.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Frame</source>
        <translation>Bild</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::TokenTable</name>
    <message>
        <source>frame %1, position %2</source>
        <translation>Bild %1, Position %2</translation>
    </message>
    <message>
        <source>Codes</source>
        <translation>Codes</translation>
    </message>
    <message>
        <source>Decisions</source>
        <translation>Entscheide</translation>
    </message>
    <message>
        <source>Codes that differ, of %1</source>
        <translation>Codes, die sich unterscheiden, von %1</translation>
    </message>
    <message>
        <source>Decisions that differ, of %1</source>
        <translation>Entscheide, die sich unterscheiden, von %1</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::Transport</name>
    <message>
        <source>Previous frame (Left)</source>
        <translation>Voriges Bild (Links)</translation>
    </message>
    <message>
        <source>Play, stop (Space)</source>
        <translation>Abspielen, anhalten (Leertaste)</translation>
    </message>
    <message>
        <source>Next frame (Right)</source>
        <translation>Nächstes Bild (Rechts)</translation>
    </message>
    <message>
        <source>Play in a loop</source>
        <translation>In Schleife abspielen</translation>
    </message>
    <message>
        <source>Follow</source>
        <translation>Folgen</translation>
    </message>
    <message>
        <source>Show the newest frame as it is made (End)</source>
        <translation>Das neueste Bild zeigen, während es entsteht (Ende)</translation>
    </message>
    <message>
        <source>Speed of playback</source>
        <translation>Abspieltempo</translation>
    </message>
    <message>
        <source>Speed of playback; saved videos keep the clip&apos;s own</source>
        <translation>Abspieltempo; gespeicherte Videos behalten das des Clips</translation>
    </message>
    <message>
        <source>Frames per second</source>
        <translation>Bilder je Sekunde</translation>
    </message>
    <message>
        <source>Pace of playback and of saved videos</source>
        <translation>Tempo des Abspielens und gespeicherter Videos</translation>
    </message>
    <message>
        <source> fps</source>
        <translation> fps</translation>
    </message>
    <message>
        <source>frame %1 / %2</source>
        <translation>Bild %1 / %2</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::VideoPane</name>
    <message>
        <source>Video %1</source>
        <translation>Video %1</translation>
    </message>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::VideoSaving</name>
    <message>
        <source>Saving %1…</source>
        <translation>%1 wird gespeichert…</translation>
    </message>
    <message>
        <source>The video was not saved.</source>
        <translation>Das Video wurde nicht gespeichert.</translation>
    </message>
    <message>
        <source>Saved.</source>
        <translation>Gespeichert.</translation>
    </message>
    <message>
        <source>%1 videos of %2, from %3 on</source>
        <translation>%1 Videos mit %2, ab %3</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::VideoView</name>
    <message>
        <source>Video</source>
        <translation>Video</translation>
    </message>
    <message>
        <source>The frame at hand, with the TAS heatmap and the replay mask of the chosen layer</source>
        <translation>Das aktuelle Bild mit TAS-Heatmap und Replay-Maske der gewählten Schicht</translation>
    </message>
    <message>
        <source>Vulkan: %1</source>
        <translation>Vulkan: %1</translation>
    </message>
    <message>
        <source>QPainter</source>
        <translation>QPainter</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::ViewerActions</name>
    <message>
        <source>&amp;Layers replayed</source>
        <translation>Sch&amp;ichten mit Replay</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Layers replayed&lt;/b&gt; (L): how many of the layers replayed their MLP at each position, as a level that rises in the cell. Full: all of them.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Schichten mit Replay&lt;/b&gt; (L): wie viele der Schichten an jeder Position Replay machten, als Pegel, der in der Zelle steigt. Voll: alle.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>&amp;Drift from the dense run</source>
        <translation>&amp;Drift zum dichten Lauf</translation>
    </message>
    <message>
        <source>Drift</source>
        <translation>Drift</translation>
    </message>
    <message>
        <source>&lt;b&gt;Drift&lt;/b&gt; (R): how far each position&apos;s pixels are from those of the same run without replay. Full colour: %1 levels of 255, or more.</source>
        <translation>&lt;b&gt;Drift&lt;/b&gt; (R): wie weit die Pixel jeder Position von denen desselben Laufs ohne Replay entfernt sind. Volle Farbe: %1 Stufen von 255 oder mehr.</translation>
    </message>
    <message>
        <source>Zoom &amp;in</source>
        <translation>&amp;Vergrößern</translation>
    </message>
    <message>
        <source>Zoom &amp;out</source>
        <translation>Ver&amp;kleinern</translation>
    </message>
    <message>
        <source>&amp;Fit into the view</source>
        <translation>&amp;Einpassen</translation>
    </message>
    <message>
        <source>&amp;1:1, a pixel of the screen for each of the picture</source>
        <translation>&amp;1:1, ein Pixel des Schirms je Bildpixel</translation>
    </message>
    <message>
        <source>&amp;2:1</source>
        <translation>&amp;2:1</translation>
    </message>
    <message>
        <source>Look further &amp;left</source>
        <translation>Weiter nach &amp;links</translation>
    </message>
    <message>
        <source>Look further &amp;right</source>
        <translation>Weiter nach &amp;rechts</translation>
    </message>
    <message>
        <source>Look further &amp;up</source>
        <translation>Weiter nach &amp;oben</translation>
    </message>
    <message>
        <source>Look further &amp;down</source>
        <translation>Weiter nach &amp;unten</translation>
    </message>
    <message>
        <source>Ne&amp;xt video of the run</source>
        <translation>Nä&amp;chstes Video des Laufs</translation>
    </message>
    <message>
        <source>Chosen video al&amp;one</source>
        <translation>Ge&amp;wähltes Video allein</translation>
    </message>
    <message>
        <source>&amp;Position at every layer</source>
        <translation>&amp;Position in jeder Schicht</translation>
    </message>
    <message>
        <source>&lt;p&gt;&lt;b&gt;Position at every layer&lt;/b&gt; (P): TAS, threshold and decision of the position under the pointer, beside the video.&lt;/p&gt;</source>
        <translation>&lt;p&gt;&lt;b&gt;Position in jeder Schicht&lt;/b&gt; (P): TAS, Schwelle und Entscheidung der Position unter dem Zeiger, neben dem Video.&lt;/p&gt;</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::ViewerPage</name>
    <message>
        <source>The position that is pointed at</source>
        <translation>Die angezeigte Position</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Zoom</translation>
    </message>
    <message>
        <source>&lt;p&gt;Zoom: Ctrl+wheel, around the pointer. Drag to move the picture.&lt;/p&gt;</source>
        <translation>&lt;p&gt;Zoom: Strg+Mausrad, um den Zeiger. Ziehen verschiebt das Bild.&lt;/p&gt;</translation>
    </message>
    <message>
        <source>Point at a position to read it</source>
        <translation>Auf eine Position zeigen, um sie zu lesen</translation>
    </message>
    <message>
        <source>codes %1</source>
        <translation>Codes %1</translation>
    </message>
    <message>
        <source>TAS %1</source>
        <translation>TAS %1</translation>
    </message>
    <message>
        <source>%1×</source>
        <translation>%1×</translation>
    </message>
    <message>
        <source>1/%1</source>
        <translation>1/%1</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>Ganz</translation>
    </message>
    <message>
        <source>Fit, %1</source>
        <translation>Ganz, %1</translation>
    </message>
    <message>
        <source>drift %1 of 255</source>
        <translation>Drift %1 von 255</translation>
    </message>
</context>
<context>
    <name>fastcar::ui::WindowCommands</name>
    <message>
        <source>Replay</source>
        <translation>Replay</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>%1 %</source>
        <translation>%1 %</translation>
    </message>
    <message>
        <source>All</source>
        <translation>Alle</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>%1 of %2</source>
        <translation>%1 von %2</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Design</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>As the system has it</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Open model</source>
        <translation>Modell öffnen</translation>
    </message>
    <message>
        <source>Prompt</source>
        <translation>Prompt</translation>
    </message>
    <message>
        <source>DRS</source>
        <translation>DRS</translation>
    </message>
    <message>
        <source>Card</source>
        <translation>Karte</translation>
    </message>
</context>
</TS>
