from skifteportal.sandbox.doedsbo import HANDLERS


def test_five_kinds_have_nine_operations_and_one_seven_beside_the_estates_three():
    assert len(HANDLERS) == 3 + 5 * 9 + 7
    assert "addProformaopgoerelse" in HANDLERS
    assert not {"updateProformaopgoerelse", "deleteProformaopgoerelse"} & set(HANDLERS)
    assert [name for name in HANDLERS if name.endswith("Forespoergsel")] == [
        "addForespoergsel",
        "getAllForespoergsel",
        "getForespoergsel",
        "updateForespoergsel",
        "deleteForespoergsel",
        "addBilagForForespoergsel",
        "getAllBilagForForespoergsel",
        "getBilagForForespoergsel",
        "deleteBilagForForespoergsel",
    ]
