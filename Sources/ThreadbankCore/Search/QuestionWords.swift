// Words that questions are made of and that tell nothing of what is asked.

/// English words that a question holds whatever it is about. They are left out where any of a query's words will do, and nowhere else:
/// `search "to be or not to be"` looks for all six.
public enum QuestionWords {
    /// Case aside.
    public static func contains(_ word: String) -> Bool { all.contains(word.lowercased()) }

    private static let all = Set(
        """
        a about after again all also am an and any anybody anyone anything are as at be because been before being but by can cannot could \
        did do does doing dont each else etc even ever every few for from further get gets getting give go going got had has have having \
        he hello help her here hers hi him his how i if im in into is it its ive just kindly know let like likely looking many may me \
        might more most much must my need no nor not now of off on once one only or other our ours out over own please pls possible same \
        shall she should so some somebody someone something such tell than thank thanks that the their theirs them then there these they \
        this those through to too under until up us very want wants was way we were what when where whether which while who whom whose \
        why will with without wonder wondering would yes yet you your yours
        """.split { $0 == " " || $0 == "\n" }.map(String.init))
}
