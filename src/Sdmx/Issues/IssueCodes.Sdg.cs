namespace Sdmx;

/// <content>The rules of the SDG domain, in the six languages of the United Nations.</content>
public static partial class IssueCodes
{
    static Row[] SdgTable() =>
    [
        Sdg(IssueCode.OutsideBounds, Severity.Warning, """
            en The value lies outside its own LOWER_BOUND and UPPER_BOUND, or the lower bound is above the upper one.
            ar تقع القيمة خارج حدّيها LOWER_BOUND و UPPER_BOUND، أو أن الحد الأدنى أكبر من الحد الأعلى.
            zh 数值超出其自身的 LOWER_BOUND 和 UPPER_BOUND 范围，或者下限大于上限。
            fr La valeur est hors de ses propres bornes LOWER_BOUND et UPPER_BOUND, ou la borne inférieure dépasse la borne supérieure.
            ru Значение выходит за собственные границы LOWER_BOUND и UPPER_BOUND, или нижняя граница больше верхней.
            es El valor está fuera de sus propios límites LOWER_BOUND y UPPER_BOUND, o el límite inferior supera al superior.
            """),
        Sdg(IssueCode.OutsidePercentRange, Severity.Warning, """
            en A percentage is below 0 or above 100. That is right for rates of growth and for ratios that can pass the whole; else look at the unit,
               the multiplier and the figure. Once per series, with a count.
            ar نسبة مئوية أقل من 0 أو أكبر من 100. هذا صحيح لمعدلات النمو وللنسب التي يمكن أن تتجاوز المجموع؛ وإلا فراجع الوحدة والمضاعِف والرقم. مرة
               واحدة لكل سلسلة مع العدد.
            zh 百分比小于 0 或大于 100。对增长率以及可能超过整体的比率而言这是正确的；否则请检查单位、乘数和数字。每个序列报告一次，并给
               出次数。
            fr Un pourcentage est inférieur à 0 ou supérieur à 100. C'est normal pour un taux de croissance ou un rapport qui peut dépasser le tout ;
               sinon, vérifiez l'unité, le multiplicateur et le chiffre. Une fois par série, avec le nombre.
            ru Процент меньше 0 или больше 100. Это верно для темпов роста и для отношений, которые могут превышать целое; иначе проверьте единицу,
               множитель и само число. Один раз на ряд, с указанием количества.
            es Un porcentaje es menor que 0 o mayor que 100. Es correcto en tasas de crecimiento y en razones que pueden superar el total; si no,
               revise la unidad, el multiplicador y la cifra. Una vez por serie, con el número de casos.
            """),
        Sdg(IssueCode.MissingNature, Severity.Information, """
            en Values do not say their NATURE: whether they are the country's own, adjusted, estimated or modelled. Once per data set, with a count.
            ar القيم لا تذكر طبيعتها NATURE: هل هي بيانات البلد نفسه أم معدّلة أم مقدّرة أم منمذجة. مرة واحدة لكل مجموعة بيانات مع العدد.
            zh 数值没有说明其性质 NATURE：是国家自己的数据，还是经过调整、估计或建模的数据。每个数据集报告一次，并给出次数。
            fr Des valeurs ne disent pas leur NATURE : données du pays, ajustées, estimées ou modélisées. Une fois par jeu de données, avec le nombre.
            ru У значений не указан характер NATURE: данные самой страны, скорректированные, оценённые или смоделированные. Один раз на набор данных, с
               указанием количества.
            es Hay valores que no indican su NATURE: datos del propio país, ajustados, estimados o modelados. Una vez por conjunto de datos, con el
               número de casos.
            """),
        Sdg(IssueCode.NatureContradictsType, Severity.Warning, """
            en The REPORTING_TYPE says that the figure is national, and its NATURE that an international agency made or adjusted it (CA, G). Once per
               data set and nature, with a count.
            ar يقول REPORTING_TYPE إن الرقم وطني، بينما يقول NATURE إن وكالة دولية أعدّته أو عدّلته (CA، G). مرة واحدة لكل مجموعة بيانات وطبيعة مع
               العدد.
            zh REPORTING_TYPE 表明该数字是国家数据，而 NATURE 表明它由国际机构编制或调整（CA、G）。每个数据集和每种性
               质报告一次，并给出次数。
            fr REPORTING_TYPE dit que le chiffre est national, et NATURE qu'un organisme international l'a établi ou ajusté (CA, G). Une fois par jeu
               de données et par nature, avec le nombre.
            ru REPORTING_TYPE говорит, что показатель национальный, а NATURE — что его рассчитала или скорректировала международная организация (CA,
               G). Один раз на набор данных и характер, с указанием количества.
            es REPORTING_TYPE dice que la cifra es nacional, y NATURE que la elaboró o ajustó un organismo internacional (CA, G). Una vez por conjunto
               de datos y naturaleza, con el número de casos.
            """),
        Sdg(IssueCode.OutlyingValue, Severity.Warning, """
            en The value is far from the others of its series: more than ten median deviations from their median, and more than half of it from it and
               from the values beside. Look at the unit, the multiplier and the decimal sign. The message names the value that the store holds for the
               period, else those beside it.
            ar القيمة بعيدة عن بقية قيم سلسلتها: أكثر من عشرة انحرافات وسيطية عن وسيطها وأكثر من نصفه عنه وعن القيمتين المجاورتين. راجع الوحدة
               والمضاعِف والفاصلة العشرية. تذكر الرسالة القيمة المخزّنة للفترة، وإلا فالقيمتين المجاورتين.
            zh 该数值与其序列中的其他数值相差甚远：偏离中位数超过十个中位数偏差，且与中位数及相邻数值的差距均超过中位数的一半。请检查单位、乘数
               和小数点。消息给出存储中该时期的数值，若没有则给出相邻的数值。
            fr La valeur est loin des autres de sa série : à plus de dix écarts médians de leur médiane, et à plus de la moitié de celle-ci, comme des
               valeurs voisines. Vérifiez l'unité, le multiplicateur et le signe décimal. Le message donne la valeur conservée pour la période, sinon
               les valeurs voisines.
            ru Значение далеко от других значений своего ряда: более чем на десять медианных отклонений от их медианы и более чем на её половину, как и
               от соседних значений. Проверьте единицу, множитель и десятичный знак. Сообщение приводит хранимое значение за этот период, иначе
               соседние.
            es El valor está lejos de los demás de su serie: a más de diez desviaciones medianas de su mediana y a más de la mitad de esta, también de
               los valores vecinos. Revise la unidad, el multiplicador y el signo decimal. El mensaje da el valor guardado para el período; si no lo
               hay, los vecinos.
            """),
    ];

    // A language and its text; what is indented goes on. Chinese has no blanks between words.
    static Row Sdg(IssueCode code, Severity severity, string texts)
    {
        var read = new List<LocalisedString>();
        foreach (var line in texts.Split('\n').Select(l => l.TrimEnd('\r')))
        {
            if (line[0] != ' ')
                read.Add(new(line[..2], line[3..]));
            else
                read[^1] = read[^1] with { Text = read[^1].Text + (read[^1].Language == "zh" ? "" : " ") + line.TrimStart() };
        }

        return new(code, severity, "SDG domain", read[0].Text) { Translations = new([.. read.Skip(1)]) };
    }
}
