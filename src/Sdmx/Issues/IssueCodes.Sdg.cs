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
            en A percentage, times its UNIT_MULT, is below 0 or above 100. That is right for rates of growth and for ratios that can pass the whole; else look at the unit,
               the multiplier and the figure. Once per series, with a count.
            ar نسبة مئوية، بعد ضربها في مضاعِفها UNIT_MULT، أقل من 0 أو أكبر من 100. هذا صحيح لمعدلات النمو وللنسب التي يمكن أن تتجاوز المجموع؛ وإلا فراجع الوحدة والمضاعِف والرقم. مرة
               واحدة لكل سلسلة مع العدد.
            zh 百分比（乘以其 UNIT_MULT 后）小于 0 或大于 100。对增长率以及可能超过整体的比率而言这是正确的；否则请检查单位、乘数和数字。每个序列报告一次，并给
               出次数。
            fr Un pourcentage, multiplié par son UNIT_MULT, est inférieur à 0 ou supérieur à 100. C'est normal pour un taux de croissance ou un rapport qui peut dépasser le tout ;
               sinon, vérifiez l'unité, le multiplicateur et le chiffre. Une fois par série, avec le nombre.
            ru Процент с учётом UNIT_MULT меньше 0 или больше 100. Это верно для темпов роста и для отношений, которые могут превышать целое; иначе проверьте единицу,
               множитель и само число. Один раз на ряд, с указанием количества.
            es Un porcentaje, por su UNIT_MULT, es menor que 0 o mayor que 100. Es correcto en tasas de crecimiento y en razones que pueden superar el total; si no,
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
        Sdg(IssueCode.OtherScale, Severity.Warning, """
            en The UNIT_MULT is another than the one that the store has for the series, or the figures are a power of ten away from those that it holds
               for the same periods, and the UNIT_MULT is the same. The message names what the store has. Once per series, with a count.
            ar قيمة UNIT_MULT تختلف عن القيمة المخزّنة للسلسلة، أو أن الأرقام تبتعد بقوة من قوى العشرة عن الأرقام المخزّنة للفترات نفسها مع بقاء UNIT_MULT
               كما هو. تذكر الرسالة ما هو مخزّن. مرة واحدة لكل سلسلة مع العدد.
            zh UNIT_MULT 与存储中该序列的不同，或者在 UNIT_MULT 相同的情况下，数字与存储中相同时期的数字相差十的幂。消息给出存储中的内容。每个序列
               报告一次，并给出次数。
            fr UNIT_MULT n'est pas celui que le dépôt a pour la série, ou les chiffres sont à une puissance de dix de ceux qu'il conserve pour les mêmes
               périodes alors que UNIT_MULT est le même. Le message donne ce que le dépôt contient. Une fois par série, avec le nombre.
            ru UNIT_MULT не тот, что хранится для ряда, или значения отличаются на степень десяти от хранимых за те же периоды при том же UNIT_MULT.
               Сообщение называет хранимое. Один раз на ряд, с указанием количества.
            es UNIT_MULT no es el que el depósito tiene para la serie, o las cifras distan una potencia de diez de las guardadas para los mismos
               períodos con el mismo UNIT_MULT. El mensaje da lo que hay guardado. Una vez por serie, con el número de casos.
            """),
        Sdg(IssueCode.OtherUnit, Severity.Warning, """
            en The UNIT_MEASURE is another than the one that the store has for the series. It is no part of the key, so the figures that are held would
               get the new unit too. Once per series.
            ar وحدة القياس UNIT_MEASURE تختلف عن الوحدة المخزّنة للسلسلة. وهي ليست جزءا من المفتاح، فتأخذ الأرقام المخزّنة الوحدة الجديدة أيضا. مرة واحدة
               لكل سلسلة.
            zh UNIT_MEASURE 与存储中该序列的不同。它不属于键，因此已存储的数字也会得到新的单位。每个序列报告一次。
            fr UNIT_MEASURE n'est pas celle que le dépôt a pour la série. Elle ne fait pas partie de la clé : les chiffres conservés prendraient aussi la
               nouvelle unité. Une fois par série.
            ru UNIT_MEASURE не та, что хранится для ряда. Она не входит в ключ, поэтому новую единицу получили бы и хранимые значения. Один раз на ряд.
            es UNIT_MEASURE no es la que el depósito tiene para la serie. No forma parte de la clave, así que las cifras guardadas tomarían también la
               nueva unidad. Una vez por serie.
            """),
        Sdg(IssueCode.MissingTotal, Severity.Warning, """
            en Two series or more are parts of one in a dimension, and their total, with _T in this dimension and all else the same, is neither in what was
               sent nor in the store. Once per total, with the number of its parts.
            ar سلسلتان أو أكثر هي أجزاء من سلسلة واحدة في أحد الأبعاد، ومجموعها، الذي رمزه _T في هذا البعد مع بقاء كل ما عداه، غير موجود لا فيما أُرسل ولا
               في المخزن. مرة واحدة لكل مجموع مع عدد أجزائه.
            zh 两个或更多序列是某个序列在一个维度上的组成部分，而其总计（该维度为 _T，其余相同）既不在提交内容中，也不在存储中。每个总计报告一次，
               并给出其组成部分的数量。
            fr Deux séries ou plus sont les parties d'une même série selon une dimension, et leur total, avec _T dans cette dimension et le reste
               identique, n'est ni dans l'envoi ni dans le dépôt. Une fois par total, avec le nombre de ses parties.
            ru Два ряда или более — части одного ряда по некоторому измерению, а их итога, с _T в этом измерении и тем же остальным, нет ни в
               присланном, ни в хранилище. Один раз на итог, с числом его частей.
            es Dos series o más son partes de una misma serie según una dimensión, y su total, con _T en esa dimensión y lo demás igual, no está ni en
               lo enviado ni en el depósito. Una vez por total, con el número de sus partes.
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
