print("jilaal")
