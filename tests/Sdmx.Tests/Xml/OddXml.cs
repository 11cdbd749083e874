namespace Sdmx.Tests.Xml;

/// <summary>Messages of the small cube that use what XML allows and few producers do.</summary>
static class OddXml
{
    public static IEnumerable<(string Name, bool IsGeneric, string Text)> Messages =>
    [
        ("series", false, XmlMessages.Specific("""
            <m:DataSet ss:structureRef="S1" xsi:type="n:DataSetType" ss:action="Append" SOURCE="é">
              <Group xsi:type="n:SIBLING" TYPE="N" AREA="X" TITLE="a title &lt;Жук&gt;"/>
              <Series FREQ="A" TYPE="N" AREA="X" UNIT="PT">
                <Obs TIME_PERIOD="2020" OBS_VALUE="100.0" STATUS="A"/><Obs TIME_PERIOD="2021" OBS_VALUE="1E5" NOTE="a&#10;b &amp; c"></Obs>
                <Obs TIME_PERIOD="2022-Q1" OBS_VALUE="-0.5" STATUS="ZZ" NOTE='sa"id'/>
              </Series>
              <Series FREQ="M" TYPE="N" AREA="Y" UNIT="NUM"><Obs TIME_PERIOD="20x" OBS_VALUE="NaN"/><Obs/></Series>
            </m:DataSet>
            """)),
        ("flat", false, XmlMessages.Specific("""
            <m:DataSet structureRef="S1"><Obs FREQ="A" TYPE="N" AREA="X" TIME_PERIOD="2020" OBS_VALUE="1" UNIT="PT"/><!-- c --><Obs FREQ="A" TYPE="N" AREA="Q" TIME_PERIOD="2021" OBS_VALUE="2"/></m:DataSet>
            <m:DataSet structureRef="S1" action="Delete"/><f:Footer xmlns:f="f"><f:Message code="4" severity="W"><c:Text xml:lang="en">cut &amp; <![CDATA[<dried>]]> </c:Text></f:Message></f:Footer>
            """, at: "AllDimensions")),
        ("odd", false, XmlMessages.Specific("""
            <?p x?><m:DataSet structureRef = 'S1'
              xmlns:z="urn:z"><c:Annotations><c:Annotation id="1"><c:AnnotationText>t &amp; u</c:AnnotationText></c:Annotation></c:Annotations>
            <z:Series z:FREQ="M" FREQ="A" TYPE = "N"
               AREA="X" OTHER="1" xmlns:y="urn:y" y:a="" ><z:Obs TIME_PERIOD="2020" OBS_VALUE=" 1" NOTE="日本
            語"><Comp id="a">text<![CDATA[ <b> ]]></Comp></z:Obs ><Obs TIME_PERIOD='2021' xml:space="preserve"> <x/> </Obs>
            </z:Series></m:DataSet>
            """)),
        ("sections", false, XmlMessages.Specific("""
            <m:DataSet structureRef="S1"><Series FREQ="A" TYPE="N" TIME_PERIOD="2020"><Obs AREA="X" OBS_VALUE="1"/><Obs AREA="Y" OBS_VALUE="2" UNIT="PT"/><Obs OBS_VALUE="3"/></Series><Series FREQ="A"/></m:DataSet>
            """, at: "AREA")),
        ("alike", false, XmlMessages.Specific("""
            <m:DataSet structureRef="S1"><Series FREQ="A" TYPE="N" AREA="X" UNIT="PT">
                <Obs TIME_PERIOD="2018" OBS_VALUE="1.5" STATUS="A" NOTE="né"/>
                <Obs TIME_PERIOD="2019" OBS_VALUE="100" STATUS="A" NOTE="né"/>
                <Obs TIME_PERIOD="2020-Q1" OBS_VALUE="-3.25" STATUS="M" NOTE="né"/><Obs TIME_PERIOD="2021" OBS_VALUE="4" STATUS="M" NOTE="né"/><Obs TIME_PERIOD="2022" OBS_VALUE="x" STATUS="M" NOTE="né"/>
                <Obs TIME_PERIOD="2023" OBS_VALUE="5" STATUS="M" NOTE="Ж日"/><!-- ç --><Obs TIME_PERIOD="2024" OBS_VALUE="51" STATUS="M" NOTE="Ж日"/><!-- ç --><Obs TIME_PERIOD="2025" OBS_VALUE="52" STATUS="Q" NOTE="Ж日"/>
                <Obs TIME_PERIOD="20x" OBS_VALUE="6" NOTE=""/>
                <Obs TIME_PERIOD="20y" OBS_VALUE="6" NOTE=""/>
                <Obs TIME_PERIOD="2026" OBS_VALUE="6" NOTE="a"/>
              </Series><Series FREQ="A" TYPE="N" AREA="Y" UNIT="PT"><Obs TIME_PERIOD="2018" OBS_VALUE="1" xmlns:q="u" q:a="1"/><Obs TIME_PERIOD="2019" OBS_VALUE="2" xmlns:q="u" q:a="1"/><Obs
                TIME_PERIOD="2020" OBS_VALUE="2"/><Obs
                TIME_PERIOD="2021" OBS_VALUE="2"/> <Obs TIME_PERIOD="2022" OTHER="1"/> <Obs TIME_PERIOD="2023" OTHER="1"/>
                <Obs TIME_PERIOD="2024" OBS_VALUE="2"></Obs>
                <Obs TIME_PERIOD="2025" OBS_VALUE="21"></Obs>
                <Obs TIME_PERIOD="2026" OBS_VALUE="22">t</Obs><Obs TIME_PERIOD="2027" OBS_VALUE="22">t</Obs><Obs TIME_PERIOD="2028" OBS_VALUE="22">t</Obs
                ><Obs TIME_PERIOD="2029" OBS_VALUE="22">t</Obs
                ><Obs TIME_PERIOD="2030" OBS_VALUE="23"><Comp/></Obs><Obs TIME_PERIOD="2031" OBS_VALUE="23"><Comp/></Obs><Obs TIME_PERIOD="2032" OBS_VALUE="1"><Obs TIME_PERIOD="2033" OBS_VALUE="1"/></Obs><Obs TIME_PERIOD="2034" OBS_VALUE="1"><Obs TIME_PERIOD="2035" OBS_VALUE="1"/></Obs></Series></m:DataSet>
            """)),
        ("alike and flat", false, XmlMessages.Specific("""
            <m:DataSet structureRef="S1"><Obs FREQ="A" TYPE="N" AREA="X" TIME_PERIOD="2020" OBS_VALUE="1" UNIT="PT"/>
            <Obs FREQ="A" TYPE="N" AREA="X" TIME_PERIOD="2021" OBS_VALUE="1" UNIT="PT"/>
            <Obs FREQ="A" TYPE="N" AREA="Y" TIME_PERIOD="2021" OBS_VALUE="1" UNIT="PT"/>
            <Obs FREQ="A" TYPE="N" AREA="Y" TIME_PERIOD="2022" OBS_VALUE="7" UNIT="NUM"/>
            <Obs FREQ="A" TYPE="G" AREA="Q" TIME_PERIOD="2022" OBS_VALUE="7" UNIT="NUM"/><Obs TYPE="G" AREA="Q" UNIT="NUM"/><Obs TYPE="N" AREA="Q" UNIT="NUM"/></m:DataSet>
            """, at: "AllDimensions")),
        ("generic", true, XmlMessages.Generic("""
            <m:DataSet structureRef="S1"><g:Attributes><g:Value id="SOURCE" value="s&#9;t"/></g:Attributes>
              <g:Group type="SIBLING"><g:GroupKey><g:Value id="TYPE" value="N"/><g:Value id="AREA" value="X"/></g:GroupKey><g:Attributes><g:Value id="TITLE" value="é"/></g:Attributes></g:Group>
              <g:Series><g:SeriesKey><g:Value id="FREQ" value="A"/><g:Value id="TYPE" value="N"/><g:Value id="AREA" value="X"/></g:SeriesKey>
                <g:Attributes><g:Value id="UNIT" value="PT"/><g:Value id="BAD" value="1"/></g:Attributes>
                <g:Obs><g:ObsDimension value="2020"/><g:ObsValue value="1.50"/><g:Attributes><g:Value id="STATUS" value="A"/></g:Attributes></g:Obs>
                <g:Obs><g:ObsDimension id="TIME_PERIOD" value="2021"/><g:ObsValue id="OBS_VALUE" value="x"/></g:Obs><g:Obs/>
              </g:Series></m:DataSet>
            """)),
        ("generic, alike", true, XmlMessages.Generic("""
            <m:DataSet structureRef="S1"><g:Series><g:SeriesKey><g:Value id="FREQ" value="A"/><g:Value id="TYPE" value="N"/><g:Value id="AREA" value="X"/></g:SeriesKey>
                <g:Obs>
                  <g:ObsDimension value="2020"/><g:ObsValue value="1.50"/>
                  <g:Attributes><g:Value id="STATUS" value="A"/><g:Value id="NOTE" value="é"/></g:Attributes>
                </g:Obs>
                <g:Obs>
                  <g:ObsDimension value="2021"/><g:ObsValue value="1000"/>
                  <g:Attributes><g:Value id="STATUS" value="A"/><g:Value id="NOTE" value="é"/></g:Attributes>
                </g:Obs>
                <g:Obs>
                  <g:ObsDimension value="2021-12"/><g:ObsValue value="3"/>
                  <g:Attributes><g:Value id="STATUS" value="MM"/><g:Value id="NOTE" value="é"/></g:Attributes>
                </g:Obs><g:Obs><g:ObsDimension id="TIME_PERIOD" value="2022"/><g:ObsValue value="4"/></g:Obs><g:Obs><g:ObsDimension id="TIME_PERIOD" value="2023"/><g:ObsValue value="NaN"/></g:Obs><g:Obs/><g:Obs/>
                <g:Obs><g:ObsDimension value="2022"/><g:ObsValue value="1"/><g:Other a="1"/></g:Obs>
                <g:Obs><g:ObsDimension value="2023"/><g:ObsValue value="1"/><g:Other a="1"/></g:Obs>
                <g:Obs><g:ObsDimension value="2024"/><g:ObsValue value="1"/><g:Series/></g:Obs>
                <g:Obs><g:ObsDimension value="2025"/><g:ObsValue value="1"/><g:Series/></g:Obs>
              </g:Series></m:DataSet>
            """)),
        ("generic flat", true, XmlMessages.Generic("""
            <m:DataSet structureRef="S1"><g:Obs><g:ObsKey><g:Value id="FREQ" value="A"/><g:Value id="TYPE" value="N"/><g:Value id="AREA" value="X"/><g:Value id="TIME_PERIOD" value="2020"/></g:ObsKey><g:ObsValue value="1"/></g:Obs></m:DataSet>
            """, at: "AllDimensions")),
    ];
}
