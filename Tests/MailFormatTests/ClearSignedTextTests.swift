import MailFormat
import Testing

@Suite struct ClearSignedTextTests {
    private static let signed = """
        Above.
        -----BEGIN PGP SIGNED MESSAGE-----
        Hash: SHA512

        Dear team,
        - -- dashes
        -----BEGIN PGP SIGNATURE-----

        iQIzBAEBCgAdFiEE
        -----END PGP SIGNATURE-----
        Below.
        """

    @Test func onlyTheTextStays() {
        #expect(ClearSignedText.plain(Self.signed) == "Above.\nDear team,\n-- dashes\nBelow.")
    }

    @Test func withoutASignatureNothingChanges() {
        #expect(ClearSignedText.plain("Dear team,\n- one\n") == "Dear team,\n- one\n")
    }

    @Test func aSignatureThatIsNeverClosedStaysAsItIs() {
        let cut = Self.signed.replacing("-----END PGP SIGNATURE-----", with: "")
        #expect(ClearSignedText.plain(cut) == cut)
    }
}
